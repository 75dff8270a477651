#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  for (const ColumnFacts& column : table.columns) {
    if (!column.lastNumber || !column.mostNumber || *column.mostNumber <= 0) continue;
    const double share = *column.lastNumber / *column.mostNumber;
    if (share < 0.5) continue;
    auto& seen = report.add(
        column.name, inWords(100 * share) + " % of the numbers that it can hold are given out (" +
                         inCode(column.type) +
                         "). Behind the last one every insert fails: widen it in time");
    if (share < 0.75) seen.severity = Severity::info;
    if (share >= 0.9) seen.severity = Severity::critical;
  }
}

}  // namespace

extern const TableRule keyNearItsEndRule;
const TableRule keyNearItsEndRule{
    .id = "key-near-its-end", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
