#pragma once

#include <cstdint>
#include <string_view>

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
  execute,  ///< DO
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

/// INSERT, UPDATE, DELETE, REPLACE, MERGE.
constexpr bool changesRows(StatementKind kind) {
  return kind >= StatementKind::insert && kind <= StatementKind::merge;
}

/// Of a statement that begins with `word`; `other` for known verbs without a kind of their own,
/// `unknown` for words that begin none.
StatementKind verbKind(std::string_view word);

/// As the command line spells it: `select`, `delete`, `do`.
std::string_view kindName(StatementKind kind);

}  // namespace mydba::sql
