#include <algorithm>

#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

constexpr double fewBytes = 10 * 1024 * 1024;
constexpr double fewIndexed = 100'000;  // rows, where the size is not known
constexpr double fewDays = 7;

bool isSmall(const TableFacts& table, const IndexFacts& index) {
  return index.bytes ? *index.bytes < fewBytes : table.rows.value_or(0) < fewIndexed;
}

/// The only index that a foreign key has.
bool servesKey(const TableFacts& table, const IndexFacts& index) {
  return std::any_of(table.foreignKeys.begin(), table.foreignKeys.end(),
                     [&](const ForeignKeyFacts& key) {
                       return serves(index, key.columns) &&
                              std::none_of(table.indexes.begin(), table.indexes.end(),
                                           [&](const IndexFacts& other) {
                                             return &other != &index && serves(other, key.columns);
                                           });
                     });
}

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  if (!all.countedDays || *all.countedDays < fewDays) return;
  for (const IndexFacts& index : table.indexes) {
    if (index.primary || index.unique || index.backsConstraint || !index.valid) continue;
    if (index.scans.value_or(1) > 0 || isSmall(table, index)) continue;
    if (servesKey(table, index)) continue;
    report.add(index.name,
               "No query has used it in " + inWords(*all.countedDays) +
                   " days, and every change writes it. Look at the replicas before it goes");
  }
}

}  // namespace

extern const TableRule unusedIndexRule;
const TableRule unusedIndexRule{.id = "unused-index", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
