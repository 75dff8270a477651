#include "plan/grade.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "rag/citation.h"

namespace mydba::plan {

#define MYDBA_PLAN_RULE(name) extern const Rule name##Rule;
#include "plan/rules/rules.inc"
#undef MYDBA_PLAN_RULE

namespace {

std::vector<const Rule*> rules() {
  return {
#define MYDBA_PLAN_RULE(name) &name##Rule,
#include "plan/rules/rules.inc"
#undef MYDBA_PLAN_RULE
  };
}

/// What one rule saw, as long as it is not known which of several findings stays.
struct Seen {
  const Rule* rule;
  Observation observation;
};

using RulesAtNodes = std::unordered_map<const protocol::PlanNode*, std::vector<const Rule*>>;

bool covered(const Seen& one, const RulesAtNodes& rulesAt) {
  const auto& others = rulesAt.at(one.observation.node);
  return std::any_of(others.begin(), others.end(), [&](const Rule* other) {
    if (one.rule->general && !other->general) return true;
    const auto& covers = other->covers;
    return std::find(covers.begin(), covers.end(), one.rule->id) != covers.end();
  });
}

protocol::FindingImpact impactOf(const Grading& grading, const Observation& observation) {
  if (observation.impact) return *observation.impact;
  if (!observation.node) return {};
  return {.ms = observation.node->selfMs,
          .rows = observation.node->rowsRemoved,
          .share = grading.share(*observation.node)};
}

/// The numbers that decided, behind those that were seen.
void addThresholds(const Rule& rule, const Limits& limits, Observation& observation) {
  for (const Threshold& threshold : rule.thresholds) {
    char value[40];
    const auto end = std::to_chars(value, value + sizeof value, limits[threshold.name],
                                   std::chars_format::general, 15);
    observation.evidence.push_back(
        {"threshold: " + std::string(threshold.meaning), std::string(value, end.ptr)});
  }
}

protocol::Finding finding(const Grading& grading, Seen seen, const protocol::Citation& cited) {
  auto& [rule, observation] = seen;
  protocol::Finding result;
  result.id = rule->id;
  result.severity = observation.severity;
  result.title = rule->title;
  result.confidence = observation.confidence;
  result.impact = impactOf(grading, observation);
  result.message = std::move(observation.message);
  result.advice = std::move(observation.advice);
  result.remedies = std::move(observation.remedies);
  result.evidence = std::move(observation.evidence);
  result.citation = cited;
  if (observation.node) {
    result.nodeId = observation.node->id;
    if (observation.node->relation) result.title += ": " + *observation.node->relation;
  }
  return result;
}

bool worse(const protocol::Finding& a, const protocol::Finding& b) {
  if (a.severity != b.severity) return a.severity > b.severity;
  const double shareOfA = a.impact->share.value_or(0), shareOfB = b.impact->share.value_or(0);
  if (shareOfA != shareOfB) return shareOfA > shareOfB;
  return a.nodeId.value_or(-1) < b.nodeId.value_or(-1);
}

}  // namespace

std::vector<protocol::Finding> grade(const protocol::PlanTree& tree, const Thresholds& changed) {
  const Grading grading(tree);
  std::vector<Seen> seen;
  RulesAtNodes rulesAt;
  for (const Rule* rule : rules()) {
    const Limits limits(rule->id, rule->thresholds, changed);
    for (Observation& observation : rule->check(grading, limits)) {
      addThresholds(*rule, limits, observation);
      rulesAt[observation.node].push_back(rule);
      seen.push_back({rule, std::move(observation)});
    }
  }
  std::vector<protocol::Finding> findings;
  // Searching a document for each of a thousand findings would take longer than grading them.
  std::unordered_map<const Rule*, protocol::Citation> citations;
  for (Seen& one : seen) {
    if (covered(one, rulesAt)) continue;
    const auto [cited, isNew] = citations.try_emplace(one.rule);
    if (isNew) cited->second = citation(tree.engine, one.rule->id);
    findings.push_back(finding(grading, std::move(one), cited->second));
  }
  std::stable_sort(findings.begin(), findings.end(), worse);
  return findings;
}

bool isThreshold(std::string_view name) {
  for (const Rule* rule : rules())
    for (const Threshold& threshold : rule->thresholds)
      if (name == std::string(rule->id) + "." + std::string(threshold.name)) return true;
  return false;
}

protocol::Citation citation(std::string_view engine, std::string_view ruleId) {
  return rag::cite(std::string(engine) + "/query-plans#" + std::string(ruleId));
}

}  // namespace mydba::plan
