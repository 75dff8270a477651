#include "advise/sql/longest_list.h"
#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

/// True when a row whose columns of the joined table are all NULL cannot pass.
bool refusesNulls(const Subject& subject, const Expr& test, const std::string& joined) {
  const auto reads = [&](ExprId id) {
    return subject.is(id, Shape::column) && subject.qualifier(id) == joined;
  };
  switch (test.shape) {
    case Shape::comparison:
      if (test.word == "<=>" || test.parts.size() != 2) return false;
      return (reads(test.parts[0]) && !subject.is(test.parts[1], Shape::null)) ||
             (reads(test.parts[1]) && !subject.is(test.parts[0], Shape::null));
    case Shape::in:
    case Shape::between:
    case Shape::like: return !test.parts.empty() && reads(test.parts[0]);
    case Shape::isTest: return test.negated && test.word == "NULL" && reads(test.parts[0]);
    default: return false;
  }
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.sources.size() > longestList) continue;
    for (std::size_t i = 1; i < query.sources.size(); ++i) {
      const Source& source = query.sources[i];
      const std::string joined = subject.nameOf(source);
      if (source.join != Join::left || source.natural || joined.empty()) continue;
      for (const ExprId test : subject.conjuncts(query.where)) {
        if (!refusesNulls(subject, subject.at(test), joined)) continue;
        auto& seen = report.add(
            test,
            "The test drops the rows without a partner that LEFT JOIN keeps: move it into "
            "ON, or write JOIN");
        const std::size_t left = source.joinAt;
        const std::size_t join =
            subject.tokens().is(left + 1, Keyword::outer) ? left + 2 : left + 1;
        seen.fix = Fix{"Write JOIN", {report.replace({left, join + 1}, "JOIN")}};
        break;
      }
    }
  }
}

}  // namespace

extern const SqlRule outerJoinUndoneRule;
const SqlRule outerJoinUndoneRule{
    .id = "outer-join-undone", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
