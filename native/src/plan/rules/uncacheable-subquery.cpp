#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"loops", 10, "times that it ran, when that is known"}};
constexpr std::string_view covered[] = {"correlated-subquery"};

bool isUncacheable(const PlanNode& node) {
  if (extra(node, "heading").find("uncacheable") != std::string_view::npos) return true;
  return extra(node, "cacheable") == "false" && extra(node, "dependent") == "false";
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!isUncacheable(node) || node.loops.value_or(limits["loops"]) < limits["loops"]) continue;
    Observation observation{
        .node = &node,
        .severity = protocol::Severity::warning,
        .message = node.subplan.value_or("A sub-query") +
                   " depends on nothing outside of it and still runs for each row, because its "
                   "result may differ each time",
        .advice =
            "Take what differs out of it: a user variable, RAND(), UUID() or SLEEP(). Compute "
            "the value once before, in a statement of its own or a derived table."};
    if (node.loops) observation.evidence = {{"times run", groupedNumber(*node.loops)}};
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule uncacheableSubqueryRule;
const Rule uncacheableSubqueryRule{"uncacheable-subquery", "Sub-query that cannot be kept",
                                   thresholds, check, covered};

}  // namespace mydba::plan
