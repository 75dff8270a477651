#include <algorithm>

#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

/// By which a row can be named all the same.
bool hasUniqueKey(const TableFacts& table) {
  return std::ranges::any_of(table.indexes, [&](const IndexFacts& index) {
    return index.unique && index.predicate.empty() &&
           std::ranges::all_of(index.columns, [&](const IndexColumn& key) {
             const ColumnFacts* column = table.column(key.name);
             return column && column->notNull;
           });
  });
}

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  if (table.primaryKey() || table.columns.empty()) return;
  if (all.numberedRows)
    report
        .add("",
             "The table has no primary key: only a hidden number tells its rows apart, which "
             "VACUUM may change, and duplicates go unseen")
        .severity = Severity::info;
  else if (hasUniqueKey(table))
    report
        .add("",
             "The table has a unique key and no primary key: declare it as one, so that tools, "
             "replicas and foreign keys find it")
        .severity = Severity::info;
  else
    report.add("",
               "The table has no primary key: a row cannot be named, replicas and change streams "
               "search the whole table for each row that changes, and duplicates go unseen");
}

}  // namespace

extern const TableRule tableWithoutPrimaryKeyRule;
const TableRule tableWithoutPrimaryKeyRule{
    .id = "table-without-primary-key", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
