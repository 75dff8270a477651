#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

// Two are read as quickly as a list.
constexpr std::size_t least = 3;

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& any = subject.at(id);
      if (any.shape != Shape::any || any.parts.size() < least) continue;
      std::string values;
      ExprId column = nothing;
      bool all = subject.tokens().is(any.sign, Keyword::or_);
      for (const ExprId part : any.parts) {
        const Expr& test = subject.at(part);
        all = all && test.shape == Shape::comparison && test.word == "=" &&
              test.parts.size() == 2 && !test.quantified &&
              subject.is(test.parts[0], Shape::column) && subject.isConstant(test.parts[1]);
        if (!all) break;
        if (column == nothing) column = test.parts[0];
        all = subject.same(column, test.parts[0]);
        values += (values.empty() ? "" : ", ") + std::string(subject.source(test.parts[1]));
      }
      if (!all) continue;
      auto& seen = report.add(id,
                              "One column is compared with several values: IN is shorter, and "
                              "planned as one search");
      seen.fix = Fix{"Write IN",
                     {report.replace(any.tokens, std::string(subject.source(column)) + " IN (" +
                                                     values + ")")}};
    }
}

}  // namespace

extern const SqlRule orToInRule;
const SqlRule orToInRule{.id = "or-to-in", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
