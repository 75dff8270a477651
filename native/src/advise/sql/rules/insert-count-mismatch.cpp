#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if ((query.verb != Verb::insert && query.verb != Verb::replace) || query.columns.empty())
      continue;
    std::size_t given = query.values.size();
    if (query.rows == 0) {
      if (query.source == nothing) continue;
      const Query& source = subject.outline().query(query.source);
      if (source.verb != Verb::select) continue;
      given = source.items.size();
      for (const auto& item : source.items)
        if (subject.is(item.value, Shape::star) || subject.is(item.value, Shape::other)) given = 0;
    }
    if (given > 0 && given != query.columns.size())
      report.add(query.target, std::to_string(query.columns.size()) + " columns are named and " +
                                   std::to_string(given) + " values given");
  }
}

}  // namespace

extern const SqlRule insertCountMismatchRule;
const SqlRule insertCountMismatchRule{
    .id = "insert-count-mismatch", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
