#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

constexpr Threshold thresholds[] = {{"runs", 5, "runs that were counted"},
                                    {"share", 0.5, "part of them without an index, 0 to 1"},
                                    {"rows", 1000, "rows read by a run, on average"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const auto& known = grading.tree().statistics;
  if (!known || !known->calls || *known->calls < limits["runs"]) return {};
  const double whole = known->withoutIndex.value_or(0), bad = known->withoutGoodIndex.value_or(0);
  // No good index: ranges were looked for anew at each row. The server counts a run as either.
  const double runs = std::min(whole + bad, *known->calls);
  const double each = part(known->rowsExamined.value_or(0), *known->calls);
  if (part(runs, *known->calls) < limits["share"] || each < limits["rows"]) return {};
  return {{.severity = protocol::Severity::warning,
           .message = groupedNumber(runs) + " of " + groupedNumber(*known->calls) +
                      " runs of this statement found no " + (whole > 0 ? "" : "good ") +
                      "index to use, and read " + groupedNumber(each) + " rows each",
           .advice = "It is not this plan alone: the server counts the same for the runs before. "
                     "Give the columns that its conditions compare an index; every write to the "
                     "table then also writes the index.",
           .evidence = {{"runs", groupedNumber(*known->calls)},
                        {"without an index", groupedNumber(whole)},
                        {"without a good index", groupedNumber(bad)},
                        {"rows read by a run", groupedNumber(each)}},
           .impact = protocol::FindingImpact{
               .ms = known->totalMs, .rows = known->rowsExamined, .share = std::nullopt}}};
}

}  // namespace

extern const Rule runsWithoutIndexRule;
const Rule runsWithoutIndexRule{"runs-without-index", "Runs without an index", thresholds, check};

}  // namespace mydba::plan
