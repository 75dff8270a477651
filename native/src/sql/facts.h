#pragma once

// What can be said of one statement from its words alone. These are guesses for the interface and
// for choosing how to run a statement; nothing here decides what is safe.

#include <string>
#include <string_view>

#include "sql/dialect.h"
#include "sql/statement_kind.h"

namespace mydba::sql {

struct StatementFacts {
  StatementKind kind = StatementKind::unknown;
  /// `select`, `delete`, `do`; the lower-case command name where the dialect has commands.
  std::string kindName;
  /// True when EXPLAIN may stand before it.
  bool explainable = false;
  /// True when it probably answers with rows.
  bool returnsRows = false;
};

/// Of one statement, as `split` found it. Linear in its length.
StatementFacts readFacts(std::string_view statement, const Dialect& dialect);

}  // namespace mydba::sql
