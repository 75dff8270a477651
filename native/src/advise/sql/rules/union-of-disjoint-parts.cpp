#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.setOperator == nothing || query.setAll || query.parent == nothing) continue;
    if (!subject.tokens().is(query.setOperator, Keyword::union_)) continue;
    const Query& before = subject.outline().query(query.parent);
    bool single = true;  // part of a longer chain: others may bring the same rows
    single = before.setOperator == nothing && query.nextPart == nothing;
    bool differs = false;
    for (std::size_t i = 0; i < std::min(before.items.size(), query.items.size()); ++i) {
      const ExprId one = before.items[i].value, other = query.items[i].value;
      differs |= subject.is(one, Shape::text) && subject.is(other, Shape::text) &&
                 subject.value(one) != subject.value(other);
    }
    if (single && differs)
      report.addToken(query.setOperator,
                      "The parts differ by a constant, so that UNION finds no copies between them: "
                      "UNION ALL saves the sort, unless one part has copies of its own");
  }
}

}  // namespace

extern const SqlRule unionOfDisjointPartsRule;
const SqlRule unionOfDisjointPartsRule{
    .id = "union-of-disjoint-parts", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
