#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  if (!table.logged)
    report.add("",
               "The table is unlogged: it is empty after a crash of the server, and replicas never "
               "have its rows");
}

}  // namespace

extern const TableRule unloggedTableRule;
const TableRule unloggedTableRule{
    .id = "unlogged-table", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
