#include "guard/examine.h"

namespace mydba::guard {
namespace {

/// Words of the names of columns that hold secrets.
std::string secretColumn(const Subject& subject) {
  for (const auto& column : subject.statement.unionColumns)
    if (subject.knowledge.find("column", column)) return column;
  return {};
}

void findShape(const Subject& subject, Findings& out) {
  const sql::Statement& statement = subject.statement;
  if (!statement.complete)
    out.add("not-understood", "a quote, comment or parenthesis is left open or closed twice");
  if (statement.injection) out.add("injection-shape", {}, *statement.injection);
  if (statement.swallowedQuote) out.add("comment-swallows-quote", {}, *statement.swallowedQuote);
  if (statement.cartesian) out.add("cartesian-product");
  if (const auto column = secretColumn(subject); !column.empty()) out.add("union-secret", column);
}

}  // namespace

void Findings::add(const Check& check, std::string detail, std::size_t position) {
  if (check.id == "read") return;
  list_.push_back({&check, std::move(detail), position});
}

void Findings::add(std::string_view id, std::string detail, std::size_t position) {
  add(*findCheck(id), std::move(detail), position);
}

std::vector<Finding> examine(std::string_view text, const sql::Statement& statement,
                             const sql::Dialect& dialect, const Policy& policy) {
  const Subject subject{text, statement, dialect, Knowledge::of(dialect), policy};
  Findings out;
  if (statement.kind == sql::StatementKind::command) {
    findCommand(subject, out);
    return out.take();
  }
  findShape(subject, out);
  findVerb(subject, out);
  // EXPLAIN alone evaluates functions, but neither writes nor locks.
  if (statement.explained && !statement.analyzes && statement.kind == sql::StatementKind::explain) {
    findFunctions(subject, out);
    return out.take();
  }
  findChanges(subject, out);
  findDefinitions(subject, out);
  findFunctions(subject, out);
  findSettings(subject, out);
  findFiles(subject, out);
  findTables(subject, out);
  findCode(subject, out);
  return out.take();
}

}  // namespace mydba::guard
