#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "guard/impact.h"
#include "sql/statement.h"

namespace mydba::guard {

/// Counting stops here, so that it costs little where much matches.
inline constexpr std::int64_t mostCounted = 1'000'000;

/// A query that counts the rows that an UPDATE or DELETE of one table would touch, up to
/// `mostCounted` + 1 of them, in the statement's own words. Nothing when the statement is another,
/// or when its condition is not proved to read only.
std::optional<std::string> countQuery(std::string_view text, const sql::Statement& statement,
                                      const sql::Dialect& dialect);
/// Adds what such a query has answered. Where every row was counted that is the size of the table,
/// better than the statistics.
void addCounted(Impact& impact, const sql::Statement& statement, std::int64_t counted);

}  // namespace mydba::guard
