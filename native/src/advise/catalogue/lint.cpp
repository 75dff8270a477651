#include "advise/catalogue/lint.h"

#include "rag/citation.h"

namespace mydba::advise {

#define MYDBA_TABLE_RULE(name) extern const TableRule name##Rule;
#include "advise/catalogue/rules/rules.inc"
#undef MYDBA_TABLE_RULE

std::span<const TableRule* const> tableRules() {
  static constexpr const TableRule* rules[] = {
#define MYDBA_TABLE_RULE(name) &name##Rule,
#include "advise/catalogue/rules/rules.inc"
#undef MYDBA_TABLE_RULE
  };
  return rules;
}

std::vector<TableFinding> lintTable(const TableFacts& table, const CatalogueFacts& facts,
                                    const RuleNames& only) {
  std::vector<TableFinding> findings;
  for (const TableRule* rule : tableRules()) {
    if (!only.empty() && !only.contains(rule->id)) continue;
    TableReport report;
    rule->check(table, facts, report);
    for (TableSighting& sighting : report.take())
      findings.push_back({.id = rule->id,
                          .severity = sighting.severity.value_or(rule->severity),
                          .schema = table.schema,
                          .table = table.name,
                          .object = std::move(sighting.object),
                          .message = std::move(sighting.message),
                          .citation = rag::cite("all/table-rules#" + std::string(rule->id))});
  }
  return findings;
}

std::vector<TableFinding> lintTables(const CatalogueFacts& facts, const RuleNames& only) {
  std::vector<TableFinding> findings;
  for (const TableFacts& table : facts.tables)
    for (TableFinding& finding : lintTable(table, facts, only))
      findings.push_back(std::move(finding));
  return findings;
}

}  // namespace mydba::advise
