#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"runs", 5, "runs that were counted"},
    {"rows", 1000, "rows read by a run, on average"},
    {"factor", 1000, "rows read for each row that was returned"},
    {"critical-factor", 100000, "the same, from which it is critical"}};
constexpr std::string_view covered[] = {"many-rows-examined"};

/// Rightly: a sum over many rows is one row, and a change returns none.
bool returnsFew(const Grading& grading) {
  return std::ranges::any_of(grading.steps(), [](const Step& step) {
    return step.node->category == protocol::PlanCategory::aggregate ||
           step.node->category == protocol::PlanCategory::modify;
  });
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const auto& known = grading.tree().statistics;
  if (!known || !known->calls || *known->calls < limits["runs"] || !known->rowsSent) return {};
  if (returnsFew(grading)) return {};
  const double read = known->rowsExamined.value_or(0), sent = *known->rowsSent;
  const double each = part(read, *known->calls), factor = read / std::max(sent, 1.0);
  if (each < limits["rows"] || factor < limits["factor"]) return {};
  return {{.severity = factor >= limits["critical-factor"] ? Severity::critical : Severity::warning,
           .message = "Over " + groupedNumber(*known->calls) + " runs this statement read " +
                      groupedNumber(read) + " rows to return " + groupedNumber(sent),
           .advice = "Nearly all of them are read in vain. Let an index find the rows: one that "
                     "begins with the columns that keep the fewest. It takes space and makes "
                     "writes to its table slower.",
           .evidence = {{"runs", groupedNumber(*known->calls)},
                        {"rows read by a run", groupedNumber(each)},
                        {"rows returned", groupedNumber(sent)}},
           .impact = protocol::FindingImpact{
               .ms = known->totalMs, .rows = read - sent, .share = std::nullopt}}};
}

}  // namespace

extern const Rule runsExamineManyRule;
const Rule runsExamineManyRule{"runs-examine-many", "Runs read many rows for few", thresholds,
                               check, covered};

}  // namespace mydba::plan
