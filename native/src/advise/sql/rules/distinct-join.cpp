#include <set>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.distinct == nothing || query.distinctOn || query.sources.size() < 2) continue;
    std::set<std::string> shown;
    bool known = !query.items.empty();
    for (const auto& item : query.items) {
      const std::string from = subject.qualifier(item.value);
      known = known && !from.empty();
      shown.insert(from);
    }
    std::string first = query.sources.empty() ? "" : subject.nameOf(query.sources[0]);
    bool inner = true;
    for (std::size_t i = 1; i < query.sources.size(); ++i) {
      const Source& source = query.sources[i];
      inner = inner && source.join == Join::inner && source.query == nothing && !source.function;
    }
    if (known && inner && shown.size() == 1 && shown.contains(first))
      report.addToken(query.distinct,
                      "The join multiplies the rows of " + first +
                          " and DISTINCT takes them away again: test with EXISTS instead");
  }
}

}  // namespace

extern const SqlRule distinctJoinRule;
const SqlRule distinctJoinRule{.id = "distinct-join", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
