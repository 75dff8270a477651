#include <algorithm>
#include <map>

#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

/// What most tables of the schema have.
std::string usualIn(const CatalogueFacts& all, const std::string& schema) {
  std::map<std::string, int> counts;
  for (const TableFacts& table : all.tables)
    if (table.schema == schema && !table.collation.empty()) ++counts[table.collation];
  const auto most = std::max_element(counts.begin(), counts.end(),
                                     [](auto& a, auto& b) { return a.second < b.second; });
  return most == counts.end() ? "" : most->first;
}

/// Codes and hashes are compared byte by byte on purpose.
bool isDeliberate(const std::string& collation) {
  return collation.ends_with("_bin") || collation == "binary" || collation.starts_with("ascii_");
}

/// Texts in the table's own collation, which can be compared with those of other tables.
bool hasUsualTexts(const TableFacts& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const ColumnFacts& column) {
    return column.collation == table.collation;
  });
}

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  if (table.collation.empty() || isDeliberate(table.collation)) return;
  const std::string usual = usualIn(all, table.schema);
  if (table.collation != usual && hasUsualTexts(table))
    report.add("", "Its collation is " + table.collation + ", that of most tables here " + usual +
                       ": a join of texts between them cannot use an index, or fails");
  std::vector<std::string> others;
  for (const ColumnFacts& column : table.columns)
    if (!column.collation.empty() && column.collation != table.collation &&
        column.collation != usual && !isDeliberate(column.collation))
      others.push_back(column.name);
  if (!others.empty())
    report.add("", "Columns have another collation than the table, " + table.collation + ": " +
                       listed(others) + ". Comparing the two converts one of them");
}

}  // namespace

extern const TableRule mixedCollationsRule;
const TableRule mixedCollationsRule{
    .id = "mixed-collations", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
