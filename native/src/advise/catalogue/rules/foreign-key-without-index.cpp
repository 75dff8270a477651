#include <algorithm>

#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  if (all.indexesForeignKeys) return;
  for (const ForeignKeyFacts& key : table.foreignKeys) {
    const bool served =
        std::any_of(table.indexes.begin(), table.indexes.end(),
                    [&](const IndexFacts& index) { return serves(index, key.columns); });
    if (served) continue;
    auto& seen = report.add(key.name, "No index begins with its columns (" + listed(key.columns) +
                                          "): each delete or "
                                          "change of a key in " +
                                          inCode(key.parentTable) +
                                          " reads all of this table, and so do joins");
    if (table.rows && *table.rows < fewRows) seen.severity = Severity::info;
  }
}

}  // namespace

extern const TableRule foreignKeyWithoutIndexRule;
const TableRule foreignKeyWithoutIndexRule{
    .id = "foreign-key-without-index", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
