#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.setOperator == nothing || query.parent == nothing || query.verb != Verb::select)
      continue;
    const Query& before = subject.outline().query(query.parent);
    if (before.verb != Verb::select || before.items.empty() || query.items.empty()) continue;
    bool star = false;
    for (const Query* part : {&before, &query})
      for (const auto& item : part->items)
        star |= subject.is(item.value, Shape::star) || subject.is(item.value, Shape::other);
    if (!star && before.items.size() != query.items.size())
      report.addToken(query.setOperator, "The parts have " + std::to_string(before.items.size()) +
                                             " and " + std::to_string(query.items.size()) +
                                             " columns: they must have as many");
  }
}

}  // namespace

extern const SqlRule unionColumnCountRule;
const SqlRule unionColumnCountRule{
    .id = "union-column-count", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
