#pragma once

#include <optional>
#include <string_view>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/sqlite/session.h"
#include "sql/statement.h"
#include "types.h"

namespace mydba::sqlite {

/// The statements that take another one back; see Preflight::inverse. Call it under a
/// Session::Guard.
Result<std::optional<protocol::Undo>> inverseOf(Session& session, const sql::Statement& statement,
                                                std::string_view text, const CancelToken& cancel);

}  // namespace mydba::sqlite
