#include "plan/rule.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "plan/walk.h"

namespace mydba::plan {

using protocol::PlanNode;

Limits::Limits(std::string_view ruleId, std::span<const Threshold> defaults,
               const Thresholds& changed)
    : ruleId_(ruleId), defaults_(defaults), changed_(changed) {}

double Limits::operator[](std::string_view name) const {
  const auto known =
      std::find_if(defaults_.begin(), defaults_.end(),
                   [&](const Threshold& threshold) { return threshold.name == name; });
  if (known == defaults_.end()) return std::nan("");
  const auto changed = changed_.find(std::string(ruleId_) + "." + std::string(name));
  return changed == changed_.end() ? known->value : changed->second;
}

Grading::Grading(const protocol::PlanTree& tree) : tree_(tree) {
  walk(tree.root, [&](const PlanNode& node, const PlanNode* parent, int) {
    steps_.push_back({&node, parent});
    // A LIMIT may cost less than what it cuts short.
    totalCost_ = std::max(totalCost_.value_or(0), node.totalCost.value_or(0));
  });
  totalMs_ = tree.executionMs ? tree.executionMs : tree.root.totalMs;
}

std::vector<Step> Grading::live() const {
  std::vector<Step> result;
  std::copy_if(steps_.begin(), steps_.end(), std::back_inserter(result),
               [](const Step& step) { return !step.node->neverExecuted.value_or(false); });
  return result;
}

const PlanNode* Grading::parentOf(const PlanNode& node) const {
  // Ids are positions in pre-order (plan/derive.h).
  return steps_[static_cast<std::size_t>(node.id)].parent;
}

std::optional<double> Grading::share(const PlanNode& node) const {
  if (totalMs_ && *totalMs_ > 0 && node.selfMs) return std::min(1.0, *node.selfMs / *totalMs_);
  if (tree_.analyzed || !node.selfCost || totalCost_.value_or(0) <= 0) return std::nullopt;
  return std::min(1.0, *node.selfCost / *totalCost_);
}

std::string_view extra(const PlanNode& node, std::string_view name) {
  for (const auto& [key, value] : node.extra)
    if (key == name) return value;
  return {};
}

std::optional<double> extraNumber(const PlanNode& node, std::string_view name) {
  const std::string_view text = extra(node, name);
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
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

std::string percent(double share) { return groupedNumber(100 * share) + " %"; }

std::string describe(const PlanNode& node) {
  std::string text = node.operation;
  if (node.relation) text += " on " + *node.relation;
  if (node.alias && node.alias != node.relation) text += " " + *node.alias;
  if (node.index) text += " using " + *node.index;
  return text;
}

}  // namespace mydba::plan
