#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  for (const ForeignKeyFacts& key : table.foreignKeys)
    if (!key.validated)
      report.add(
          key.name,
          "It is not validated: rows from before it may refer to nothing, and the planner does "
          "not trust it. VALIDATE CONSTRAINT checks them under a light lock");
}

}  // namespace

extern const TableRule unvalidatedForeignKeyRule;
const TableRule unvalidatedForeignKeyRule{
    .id = "unvalidated-foreign-key", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
