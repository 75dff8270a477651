#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

constexpr std::size_t most = 10;

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  if (table.indexes.size() > most)
    report.add(
        "", std::to_string(table.indexes.size()) +
                " indexes: each insert writes all of them, and each takes memory from the others");
}

}  // namespace

extern const TableRule manyIndexesRule;
const TableRule manyIndexesRule{.id = "many-indexes", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
