#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  for (const IndexFacts& index : table.indexes)
    if (!index.valid)
      report.add(
          index.name,
          "It is not valid, since building it has failed: no query uses it, and changes may still "
          "write it. Build it again, or drop it");
}

}  // namespace

extern const TableRule invalidIndexRule;
const TableRule invalidIndexRule{
    .id = "invalid-index", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
