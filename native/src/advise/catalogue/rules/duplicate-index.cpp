#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

/// Of two that are alike: the one that can go.
bool goes(const IndexFacts& index, const IndexFacts& other, bool isLater) {
  if (index.primary || index.backsConstraint) return false;
  return other.primary || other.backsConstraint || isLater;
}

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  for (std::size_t i = 0; i < table.indexes.size(); ++i)
    for (std::size_t j = 0; j < table.indexes.size(); ++j) {
      const IndexFacts& index = table.indexes[i];
      const IndexFacts& other = table.indexes[j];
      if (i == j || !sameKeys(index, other) || index.unique != other.unique) continue;
      if (!goes(index, other, i > j)) continue;
      report.add(index.name,
                 "It has the columns of " + inCode(other.name) +
                     ", in the same order: every change writes both, and one is enough");
      break;
    }
}

}  // namespace

extern const TableRule duplicateIndexRule;
const TableRule duplicateIndexRule{
    .id = "duplicate-index", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
