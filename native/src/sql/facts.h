#pragma once

// What can be said of one statement from its words alone. These are guesses for the interface and
// for choosing how to run a statement; nothing here decides what is safe.

#include <cstdint>
#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::sql {

/// The statement's verb, past WITH and leading parentheses. Names as in the command line's
/// `kind`; `command` stands for the commands of a dialect without SQL.
enum class StatementKind : std::uint8_t {
  select,
  insert,
  update,
  remove,
  replace,
  merge,
  create,
  alter,
  drop,
  truncate,
  rename,
  grant,
  revoke,
  call,
  set,
  use,
  begin,
  commit,
  rollback,
  savepoint,
  explain,
  show,
  describe,
  load,
  copy,
  execute,
  handler,
  lock,
  vacuum,
  analyze,
  pragma,
  attach,
  other,
  unknown,
  command,
};

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
