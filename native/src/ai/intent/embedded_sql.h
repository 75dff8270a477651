#pragma once

// The statement that a sentence carries: `why is this slow: SELECT …`, a fenced block, or nothing
// but SQL. English uses SQL's verbs as well ("select the ten newest customers", "delete old
// orders"), so a verb starts a statement only where the words behind it are in the order that SQL
// has.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::ai::intent {

/// Bytes of the sentence that hold the statement, with its quotes or fence, and its text.
struct EmbeddedSql {
  std::size_t start = 0;
  std::size_t end = 0;
  std::string text;
};

/// The first one. Linear but for a bounded number of verbs that are looked at.
std::optional<EmbeddedSql> findSql(std::string_view sentence, const sql::Dialect& dialect);

}  // namespace mydba::ai::intent
