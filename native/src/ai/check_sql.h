#pragma once

// What is wrong with SQL that a model proposed, as far as reading tells: before a server is asked
// to prepare it. A model's SQL is hostile text like any other; nothing here runs it.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ai/intent/schema.h"
#include "sql/dialect.h"

namespace mydba::ai {

struct SqlProblem {
  /// One of empty, several-statements, incomplete, not-a-read, unknown-table, unknown-column,
  /// cartesian-product, no-limit.
  std::string id;
  std::string message;       ///< one sentence, without a full stop
  std::size_t position = 0;  ///< bytes into the text

  bool operator==(const SqlProblem&) const = default;
};

/// In the order of the list above; empty: nothing that reading can find. `schema` null: names are
/// not checked. Columns are checked where their table is told or they are compared: the rest is
/// left to the server. Linear in the text but for the names, each looked up in the tables used.
std::vector<SqlProblem> checkProposedSql(std::string_view sql, const sql::Dialect& dialect,
                                         const intent::Schema* schema);

}  // namespace mydba::ai
