#include <algorithm>

#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  for (const IndexFacts& index : table.indexes) {
    if (index.primary || index.unique || index.backsConstraint) continue;
    const auto covers = [&](const IndexFacts& other) {
      return &other != &index && other.valid && startsWith(other, index) &&
             (other.columns.size() > index.columns.size() || other.unique);
    };
    const auto other = std::find_if(table.indexes.begin(), table.indexes.end(), covers);
    if (other == table.indexes.end()) continue;
    report.add(index.name, "Its columns are the first ones of " + inCode(other->name) +
                               ", which serves the same searches");
  }
}

}  // namespace

extern const TableRule redundantIndexRule;
const TableRule redundantIndexRule{
    .id = "redundant-index", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
