#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

// Where parsing and planning the list begins to cost more than what it finds.
constexpr std::size_t longest = 500;

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& in = subject.at(id);
      if (in.shape != Shape::in || in.parts.size() < 2) continue;
      const std::size_t count = subject.at(in.parts[1]).parts.size();
      if (count <= longest) continue;
      report.add(in.parts[0], "IN with " + std::to_string(count) +
                                  " values: join with a temporary table, or bind an array");
    }
}

}  // namespace

extern const SqlRule longInListRule;
const SqlRule longInListRule{.id = "long-in-list", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
