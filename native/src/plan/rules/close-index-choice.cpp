#include <algorithm>
#include <cstdio>

#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanNode;
using protocol::TraceOption;

constexpr Threshold thresholds[] = {
    // A choice among fewer rows is of no consequence.
    {"rows", 1000, "rows that one of both ways reads"},
    {"apart", 0.1, "how much more the other way costs, up to which it is close, of 1"},
    // Where the planner was right about the rows, its choice was probably too.
    {"factor", 2, "how far the rows are off the estimate, up to which the estimate is right"}};

/// The cheapest way that lost to the one that is used and is not of the same index. What cost less
/// and was not taken lost for another reason than its cost.
const TraceOption* nextBest(const PlanNode& node, const std::vector<TraceOption>& ways) {
  const TraceOption* best = nullptr;
  for (const TraceOption& way : ways) {
    if (way.chosen || !way.cost || *way.cost < *ways.front().cost) continue;
    if (node.index && way.name.ends_with(" " + *node.index)) continue;
    if (!best || *way.cost < *best->cost) best = &way;
  }
  return best;
}

std::optional<double> rowsAtStake(const PlanNode& node, const TraceOption& one,
                                  const TraceOption& other) {
  const auto read = node.actualRead ? node.actualRead : node.estimatedRead;
  if (!read && !one.rows && !other.rows) return std::nullopt;
  return std::max({read.value_or(0), one.rows.value_or(0), other.rows.value_or(0)});
}

/// Two digits behind the point, and more where both would look the same.
std::string costText(double cost) {
  char text[40];
  std::snprintf(text, sizeof text, cost < 10 ? "%.4g" : "%.2f", cost);
  return text;
}

/// How far the measured rows are from those that were planned, at least 1; nothing when not known.
std::optional<double> mistake(const PlanNode& node) {
  if (!node.estimateRatio || *node.estimateRatio <= 0) return std::nullopt;
  return std::max(*node.estimateRatio, 1 / *node.estimateRatio);
}

Observation observe(const Grading& grading, const Limits& limits, const PlanNode& node,
                    const TraceOption& used, const TraceOption& other, double apart) {
  const auto wrong = mistake(node);
  const bool right = wrong && *wrong <= limits["factor"];
  Observation observation{
      .node = &node,
      .severity = wrong && !right ? protocol::Severity::warning : protocol::Severity::info,
      .confidence = right ? Confidence::possible : Confidence::likely,
      .message = describe(node) + " was chosen by little: " + used.name + " was to cost " +
                 costText(*used.cost) + " and " + other.name + " " + costText(*other.cost) +
                 ", only " + percent(apart) +
                 " more. New statistics, more rows or another value may change the plan",
      .advice =
          "Measure the statement both ways, with the values that matter: leave the index that is "
          "used out with a hint, or try a better one as a what-if. An index that serves all "
          "conditions together is chosen by far; it takes space and slows writes down. A hint "
          "(FORCE INDEX) holds the plan, also when the data change and it is the wrong one; a "
          "histogram of the columns makes estimates better and must be renewed.",
      .evidence = {{"used", used.name + ", cost " + costText(*used.cost)},
                   {"next best", other.name + ", cost " + costText(*other.cost)},
                   {"apart", percent(apart)}}};
  if (wrong && !right)
    observation.message +=
        "; the rows were " + groupedNumber(*wrong) + " times off the estimate that it rests on";
  propose(observation, refreshStatistics(grading, node));
  return observation;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!node.weighed || node.weighed->size() < 2) continue;
    const TraceOption& used = node.weighed->front();
    if (!used.chosen || !used.cost || *used.cost <= 0) continue;
    const TraceOption* other = nextBest(node, *node.weighed);
    if (!other) continue;
    if (*other->cost > *used.cost * (1 + limits["apart"])) continue;
    const auto rows = rowsAtStake(node, used, *other);
    if (!rows || *rows < limits["rows"]) continue;
    seen.push_back(observe(grading, limits, node, used, *other, *other->cost / *used.cost - 1));
  }
  return seen;
}

}  // namespace

extern const Rule closeIndexChoiceRule;
const Rule closeIndexChoiceRule{"close-index-choice", "Chosen by little", thresholds, check};

}  // namespace mydba::plan
