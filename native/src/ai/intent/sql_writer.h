#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ai/intent/request.h"
#include "sql/dialect.h"

namespace mydba::ai::intent {

/// Rows that a built query gives at most, unless the sentence asked for another number.
inline constexpr std::int64_t defaultRows = 100;

/// `name` in the dialect's quotes; quotes in it are doubled.
std::string quotedName(std::string_view name, const sql::Dialect& dialect);
/// `text` as a literal of the dialect.
std::string quotedText(std::string_view text, const sql::Dialect& dialect);

/// One SELECT, every name quoted, values as literals, with LIMIT unless it gives one row. Nothing
/// when the request is not complete, or its tables cannot be joined over their foreign keys.
std::optional<std::string> writeSelect(const Request& request, const Schema& schema,
                                       const sql::Dialect& dialect);

/// DELETE of the rows of a complete request. Nothing without a condition: all rows of a table are
/// never what is written for somebody.
std::optional<std::string> writeDelete(const Request& request, const Schema& schema,
                                       const sql::Dialect& dialect);

/// UPDATE of the rows of a complete request: `assigned` gets the values of its equal condition.
std::optional<std::string> writeUpdate(const Request& request, const Condition& assigned,
                                       const Schema& schema, const sql::Dialect& dialect);

}  // namespace mydba::ai::intent
