#include "advise/catalogue/statement_tables.h"

#include <algorithm>

#include "advise/catalogue/likeness.h"
#include "sql/keyword.h"
#include "sql/lexer.h"
#include "sql/splitter.h"

namespace mydba::advise {
namespace {

/// `db.s` is about schema `s`.
std::string schemaOf(const sql::ObjectName& name) {
  return name.schema.substr(name.schema.rfind('.') + 1);
}

bool same(const std::string& a, const std::string& b) {
  return a.size() == b.size() && sql::lowerCase(a) == sql::lowerCase(b);
}

/// As it is spelled, else in any case: a server folds names, and refuses those that it cannot find.
const TableFacts* tableIn(const std::string& schema, const std::string& name,
                          const CatalogueFacts& facts) {
  if (const TableFacts* exact = facts.table(schema, name)) return exact;
  const auto found = std::ranges::find_if(facts.tables, [&](const TableFacts& table) {
    return same(table.name, name) && same(table.schema, schema);
  });
  return found == facts.tables.end() ? nullptr : &*found;
}

/// `orders`, `orders.total`; with the schema where the name alone means no table or another.
std::string subjectOf(const TableFinding& finding, const CatalogueFacts& facts) {
  const bool plain = !facts.searchPath.empty() && finding.schema == facts.searchPath.front();
  return inCode((plain ? "" : finding.schema + ".") + finding.table +
                (finding.object.empty() ? "" : "." + finding.object));
}

LintFinding at(std::size_t start, std::size_t end, TableFinding finding,
               const CatalogueFacts& facts) {
  return {.id = finding.id,
          .severity = finding.severity,
          .message = subjectOf(finding, facts) + ": " + finding.message,
          .start = start,
          .end = end,
          .citation = std::move(finding.citation),
          .fix = std::nullopt};
}

/// Behind the name that begins at `start`, its schema included.
std::size_t endOfName(std::string_view text, std::size_t start, const sql::Dialect& dialect) {
  sql::Lexer lexer(text.substr(start), dialect);
  std::size_t end = lexer.next().end;
  while (lexer.textOf(lexer.next()) == ".") end = lexer.next().end;
  return start + end;
}

}  // namespace

std::vector<sql::ObjectName> tablesUsed(std::string_view text, const sql::Dialect& dialect) {
  std::vector<sql::ObjectName> tables;
  std::set<std::pair<std::string, std::string>> known;
  if (dialect.lineCommands) return tables;
  for (const sql::StatementRange& range : sql::split(text, dialect)) {
    const auto statement =
        sql::readStatement(text.substr(range.start, range.end - range.start), dialect);
    if (statement.definition) continue;
    for (const sql::TableUse& use : statement.tables) {
      if (!known.emplace(use.table.schema, use.table.name).second) continue;
      tables.push_back(use.table);
      tables.back().position += range.start;
    }
  }
  return tables;
}

const TableFacts* tableNamed(const sql::ObjectName& name, const CatalogueFacts& facts) {
  if (!name.schema.empty()) return tableIn(schemaOf(name), name.name, facts);
  for (const std::string& schema : facts.searchPath)
    if (const TableFacts* found = tableIn(schema, name.name, facts)) return found;
  return nullptr;
}

std::vector<LintFinding> lintTablesUsed(std::string_view text, const CatalogueFacts& facts,
                                        const RuleNames& only) {
  std::vector<LintFinding> findings;
  std::set<const TableFacts*> judged;
  for (const sql::ObjectName& name : tablesUsed(text, *facts.dialect)) {
    const TableFacts* table = tableNamed(name, facts);
    if (!table || !judged.insert(table).second) continue;
    const std::size_t end = endOfName(text, name.position, *facts.dialect);
    for (TableFinding& finding : lintTable(*table, facts, only))
      findings.push_back(at(name.position, end, std::move(finding), facts));
  }
  return findings;
}

std::vector<LintFinding> lintAllTables(const CatalogueFacts& facts, const RuleNames& only) {
  std::vector<LintFinding> findings;
  for (TableFinding& finding : lintTables(facts, only))
    findings.push_back(at(0, 0, std::move(finding), facts));
  return findings;
}

}  // namespace mydba::advise
