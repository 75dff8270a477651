#include <algorithm>
#include <charconv>

#include "plan/rule.h"
#include "sql/token_list.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"rows", 10000, "rows made and skipped"}};

/// The largest `OFFSET n`, or `LIMIT n, m`, that the statement spells out; 0 when there is none.
double offsetOf(const protocol::PlanTree& tree) {
  const sql::Dialect* dialect = sql::findDialect(tree.engine);
  if (!dialect) return 0;
  const sql::TokenList tokens(tree.sql, *dialect);
  double largest = 0;
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    const bool offset = tokens.is(at, sql::Keyword::offset);
    const bool pair = tokens.is(at, sql::Keyword::limit) && tokens.isSymbol(at + 2, ',');
    if ((!offset && !pair) || tokens[at + 1].kind != sql::TokenKind::number) continue;
    const std::string_view number = tokens.text(at + 1);
    double value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    largest = std::max(largest, value);
  }
  return largest;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  const double written = offsetOf(grading.tree());
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (node.category != PlanCategory::limit || node.children.empty()) continue;
    const PlanNode& input = node.children.front();
    const bool measured = node.actualRows && input.actualRows;
    // Processes in parallel make more rows than the limit takes; those were not skipped.
    if (measured && input.category == PlanCategory::parallel && written <= 0) continue;
    const double skipped = measured ? *input.actualRows - *node.actualRows : written;
    if (skipped < limits["rows"]) continue;
    seen.push_back(
        {.node = &node,
         .severity = skipped >= 10 * limits["rows"] ? Severity::warning : Severity::info,
         .confidence = measured ? Confidence::certain : Confidence::likely,
         .message = describe(node) + " throws away the first " + counted(input, skipped) +
                    " rows: each page of the list takes longer than the one before",
         .advice = "Page by the last value seen instead of by a number of rows.",
         .remedies = {{.title = "Page by key: WHERE (key) > (last key seen) ORDER BY key LIMIT n",
                       .tradeOff = "Needs a unique order that an index serves, and cannot jump to "
                                   "a page by its number."}},
         .evidence = {{"rows skipped", counted(input, skipped)}},
         .impact = protocol::FindingImpact{
             .ms = input.totalMs, .rows = skipped, .share = grading.shareWithChildren(input)}});
  }
  return seen;
}

}  // namespace

extern const Rule largeOffsetRule;
const Rule largeOffsetRule{"large-offset", "Rows skipped before the first one", thresholds, check};

}  // namespace mydba::plan
