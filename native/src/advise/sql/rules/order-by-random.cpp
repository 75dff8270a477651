#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const auto& order : query.orders)
      if (subject.isCall(order.value, {"RAND", "RANDOM", "UUID", "GEN_RANDOM_UUID", "NEWID"}) &&
          subject.at(order.value).parts.empty())
        report.add(order.value,
                   "Every row gets a random number and all of them are sorted, to show a few: pick "
                   "random keys, or sample the table");
}

}  // namespace

extern const SqlRule orderByRandomRule;
const SqlRule orderByRandomRule{
    .id = "order-by-random", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
