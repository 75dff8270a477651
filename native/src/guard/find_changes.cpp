#include "guard/examine.h"

namespace mydba::guard {
namespace {

using Kind = sql::StatementKind;

/// Names the table of one change after the other: the first that is written from where the change
/// stands on. Both lists are in order, so that all of it is one pass.
class WrittenTables {
 public:
  explicit WrittenTables(const std::vector<sql::TableUse>& tables) : tables_(tables) {}

  std::string nameFor(const sql::Change& change) {
    while (next_ < tables_.size() &&
           (!tables_[next_].written || tables_[next_].table.position < change.position))
      ++next_;
    if (next_ == tables_.size()) return last_;  // MERGE … THEN DELETE
    const sql::ObjectName& table = tables_[next_].table;
    last_ = table.schema.empty() ? table.name : table.schema + "." + table.name;
    return last_;
  }

 private:
  const std::vector<sql::TableUse>& tables_;
  std::size_t next_ = 0;
  std::string last_ = "a table";
};

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
  WrittenTables tables(subject.statement.tables);
  for (const auto& change : subject.statement.changes) {
    const std::string table = tables.nameFor(change);
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
