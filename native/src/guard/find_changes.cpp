#include "guard/examine.h"

namespace mydba::guard {
namespace {

using Kind = sql::StatementKind;

/// The first table that the statement writes, for people.
std::string writtenTable(const sql::Statement& statement) {
  for (const auto& use : statement.tables)
    if (use.written)
      return use.table.schema.empty() ? use.table.name : use.table.schema + "." + use.table.name;
  return "a table";
}

std::string_view checkOf(const sql::Change& change) {
  const bool remove = change.kind == Kind::remove;
  switch (change.filter) {
    case sql::Filter::absent: return remove ? "delete-without-where" : "update-without-where";
    case sql::Filter::alwaysTrue: return remove ? "delete-always-true" : "update-always-true";
    case sql::Filter::effective: break;
  }
  return remove ? "delete" : "update";
}

}  // namespace

void findChanges(const Subject& subject, Findings& out) {
  if (subject.statement.locksRows) out.add("row-lock");
  for (const auto& change : subject.statement.changes) {
    const std::string table = writtenTable(subject.statement);
    switch (change.kind) {
      case Kind::insert:
        out.add(change.rows > subject.policy.rowLimit ? "many-rows" : "insert", table,
                change.position);
        break;
      case Kind::replace: out.add("replace", table, change.position); break;
      case Kind::merge: out.add("merge", table, change.position); break;
      default: out.add(checkOf(change), table, change.position); break;
    }
  }
}

void findTables(const Subject& subject, Findings& out) {
  for (const auto& [table, written, afterUnion] : subject.statement.tables) {
    const Check* effect = nullptr;
    if (written) effect = subject.knowledge.find("written_schema", table.schema);
    if (!effect) effect = subject.knowledge.find(written ? "written_table" : "table", table.name);
    if (effect) out.add(*effect, table.name, table.position);
  }
}

}  // namespace mydba::guard
