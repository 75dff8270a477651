#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  for (const ForeignKeyFacts& key : table.foreignKeys) {
    const TableFacts* parent = all.table(key.parentSchema, key.parentTable);
    if (!parent) continue;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      const ColumnFacts* column = table.column(key.columns[i]);
      const ColumnFacts* target = parent->column(key.parentColumns[i]);
      if (!column || !target || comparable(*column, *target, all)) continue;
      report.add(column->name, "It is " + inCode(column->type) + ", and " +
                                   inCode(parent->name + "." + target->name) +
                                   ", which it refers to, is " + inCode(target->type) +
                                   ": values may not fit, and each join converts them");
    }
  }
}

}  // namespace

extern const TableRule foreignKeyTypeMismatchRule;
const TableRule foreignKeyTypeMismatchRule{
    .id = "foreign-key-type-mismatch", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
