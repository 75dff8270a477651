#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

/// A row of a catalogue query; NULL is empty text.
using TextRow = std::vector<std::string>;

/// Reads all rows of one of the embedded statements. `{schema}` in it becomes the quoted `schema`;
/// `values` are bound as text.
/// Call it under a Session::Guard.
Result<std::vector<TextRow>> readRows(Session& session, std::string_view statement,
                                      std::string_view schema,
                                      const std::vector<std::string>& values,
                                      const CancelToken& cancel);

}  // namespace mydba::sqlite
