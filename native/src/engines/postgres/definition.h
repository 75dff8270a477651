#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engines/postgres/session.h"

namespace mydba::postgres {

/// `name` as an identifier of SQL, always in quotes.
std::string quoteName(std::string_view name);
/// At most 1000 rows of a relation.
std::string previewOf(std::string_view schema, std::string_view relation);
/// The statements that make an object of the tree, every name qualified. Errors: `unsupported` for
/// a node that nothing creates by itself, `server` when it is gone. Lane's thread.
Result<std::string> definitionOf(Session& session, std::span<const std::string> path,
                                 const CancelToken& cancel);

}  // namespace mydba::postgres
