#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& expr = subject.at(id);
      const bool searched = subject.isCall(id, {"FIND_IN_SET"}) && expr.parts.size() == 2 &&
                            subject.is(expr.parts[1], Shape::column);
      bool matched = false;
      if (expr.shape == Shape::like && expr.parts.size() >= 2 &&
          subject.is(expr.parts[1], Shape::text)) {
        const std::string pattern = subject.value(expr.parts[1]);
        matched = pattern.starts_with("%,") && pattern.ends_with(",%") && pattern.size() > 4;
      }
      if (searched || matched)
        report.add(id,
                   "The column holds a list: no index finds a member and no constraint guards "
                   "it. Keep one row a member in a table of its own");
    }
}

}  // namespace

extern const SqlRule listInColumnRule;
const SqlRule listInColumnRule{.id = "list-in-column", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
