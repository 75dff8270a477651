#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

constexpr std::size_t most = 60;

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  if (table.columns.size() > most)
    report.add(
        "", std::to_string(table.columns.size()) +
                " columns: rows are wide, so few fit into a page. Mostly it is several tables in "
                "one, or columns that only few rows use");
}

}  // namespace

extern const TableRule manyColumnsRule;
const TableRule manyColumnsRule{.id = "many-columns", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
