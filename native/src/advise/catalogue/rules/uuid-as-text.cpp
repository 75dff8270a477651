#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

bool isText36(const std::string& type) {
  return type == "char(36)" || type == "varchar(36)" || type == "character(36)" ||
         type == "character varying(36)";
}

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  if (all.looseTypes) return;
  for (const IndexFacts& index : table.indexes) {
    const ColumnFacts* column =
        index.columns.empty() ? nullptr : table.column(index.columns[0].name);
    if (!index.primary || !column || !isText36(column->type)) continue;
    report.add(
        column->name,
        "A UUID kept as text takes 37 bytes instead of 16, in the table and in each index and "
        "foreign key, and is compared letter by letter. Use the type for it, or BINARY(16)");
  }
}

}  // namespace

extern const TableRule uuidAsTextRule;
const TableRule uuidAsTextRule{.id = "uuid-as-text", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
