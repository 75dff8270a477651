#include "plan/grade.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/embedded.h"
#include "rag/document.h"

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

protocol::Finding finding(const protocol::PlanTree& tree, const Rule& rule, Observation seen) {
  protocol::Finding result{.id = std::string(rule.id),
                           .severity = seen.severity,
                           .title = std::string(rule.title),
                           .message = std::move(seen.message),
                           .advice = std::move(seen.advice),
                           .nodeId = {},
                           .evidence = std::move(seen.evidence),
                           .citation = citation(tree.engine, rule.id)};
  if (seen.node) {
    result.nodeId = seen.node->id;
    if (seen.node->relation) result.title += ": " + *seen.node->relation;
  }
  return result;
}

}  // namespace

std::vector<protocol::Finding> grade(const protocol::PlanTree& tree) {
  std::vector<protocol::Finding> findings;
  for (const Rule* rule : rules())
    for (Observation& seen : rule->check(tree))
      findings.push_back(finding(tree, *rule, std::move(seen)));
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    if (a.severity != b.severity) return a.severity > b.severity;
    return a.nodeId.value_or(-1) < b.nodeId.value_or(-1);
  });
  return findings;
}

protocol::Citation citation(std::string_view engine, std::string_view ruleId) {
  const std::string anchor = std::string(engine) + "/query-plans";
  const auto document = rag::findDocument(anchor);
  if (!document) return {.anchor = anchor + "#" + std::string(ruleId), .title = "", .url = ""};
  return {.anchor = anchor + "#" + std::string(ruleId),
          .title = std::string(document->title),
          .url = std::string(document->url)};
}

std::string groupedNumber(double value) {
  char digits[400];
  std::snprintf(digits, sizeof digits, "%.0f", value);
  std::string text = digits;
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  if (!std::isfinite(value)) return text;
  for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3;
       i > static_cast<std::ptrdiff_t>(first); i -= 3)
    text.insert(static_cast<std::size_t>(i), ",");
  return text;
}

std::string_view extra(const protocol::PlanNode& node, std::string_view name) {
  for (const auto& [key, value] : node.extra)
    if (key == name) return value;
  return {};
}

std::string describe(const protocol::PlanNode& node) {
  std::string text = node.operation;
  if (node.relation) text += " on " + *node.relation;
  if (node.alias && node.alias != node.relation) text += " " + *node.alias;
  if (node.index) text += " using " + *node.index;
  return text;
}

}  // namespace mydba::plan
