#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  if (!table.transactional)
    report.add(
        "", "Its storage engine " + table.storage +
                " has no transactions: a statement that fails leaves half of its work, nothing is "
                "rolled back, and writers lock the whole table. Use InnoDB");
}

}  // namespace

extern const TableRule storageWithoutTransactionsRule;
const TableRule storageWithoutTransactionsRule{
    .id = "storage-without-transactions", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
