#include <algorithm>

#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  const IndexFacts* primary = table.primaryKey();
  if (!table.clustered || !primary) return;
  for (const IndexFacts& index : table.indexes) {
    const auto& columns = index.columns;
    if (index.unique || index.method != primary->method ||
        columns.size() <= primary->columns.size())
      continue;
    if (!std::equal(primary->columns.rbegin(), primary->columns.rend(), columns.rbegin())) continue;
    report.add(index.name,
               "It ends with the primary key, which the storage engine appends to every "
               "index anyway: name the columns before it only");
  }
}

}  // namespace

extern const TableRule primaryKeyInIndexRule;
const TableRule primaryKeyInIndexRule{
    .id = "primary-key-in-index", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
