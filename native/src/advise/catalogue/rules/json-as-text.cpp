#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  for (const ColumnFacts& column : table.columns)
    if (all.jsonIsText && column.type == "json")
      report.add(column.name,
                 "json keeps the text as it came: each access parses all of it, and it can "
                 "be neither compared nor indexed. jsonb is parsed once and takes GIN indexes");
}

}  // namespace

extern const TableRule jsonAsTextRule;
const TableRule jsonAsTextRule{.id = "json-as-text", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
