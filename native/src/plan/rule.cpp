#include "plan/rule.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <unordered_map>

#include "plan/step_tables.h"
#include "plan/walk.h"

namespace mydba::plan {

using protocol::PlanNode;

Thresholds thresholdsOf(const std::optional<std::vector<protocol::NamedNumber>>& given) {
  Thresholds changed;
  if (given)
    for (const auto& [name, value] : *given) changed[name] = value;
  return changed;
}

Limits::Limits(std::string_view ruleId, std::span<const Threshold> defaults,
               const Thresholds& changed)
    : thresholds_(defaults) {
  for (const Threshold& threshold : defaults) {
    const auto found = changed.find(std::string(ruleId) + "." + std::string(threshold.name));
    values_.push_back(found == changed.end() ? threshold.value : found->second);
  }
}

double Limits::operator[](std::string_view name) const {
  for (std::size_t i = 0; i < values_.size(); ++i)
    if (thresholds_[i].name == name) return values_[i];
  return std::nan("");
}

namespace {

/// Processes that run what is below a step, for each that runs the step.
double processesBelow(const PlanNode& node) {
  if (node.category != protocol::PlanCategory::parallel) return 1;
  // The leader takes part too.
  return node.workersLaunched ? static_cast<double>(*node.workersLaunched) + 1
                              : extraNumber(node, "Workers Launched").value_or(0) + 1;
}

/// What each step reads, once: whose table it is may stand only in the statement, and rules ask
/// again and again.
std::vector<const protocol::PlanRelation*> relationsOf(const protocol::PlanTree& tree,
                                                       const std::vector<Step>& steps) {
  std::vector<const protocol::PlanRelation*> read(steps.size());
  if (!tree.relations) return read;
  // Null: several schemas have a table of this name.
  std::unordered_map<std::string_view, const protocol::PlanRelation*> named;
  for (const auto& relation : *tree.relations)
    if (const auto [known, isNew] = named.emplace(relation.name, &relation); !isNew)
      known->second = nullptr;
  for (const Step& step : steps) {
    const PlanNode& node = *step.node;
    const auto found = node.relation ? named.find(*node.relation) : named.end();
    if (found == named.end()) continue;
    read[static_cast<std::size_t>(node.id)] =
        found->second ? ifRead(tree, node, *found->second) : relationRead(tree, node);
  }
  return read;
}

}  // namespace

Grading::Grading(const protocol::PlanTree& tree) : tree_(tree) {
  walk(tree.root, [&](const PlanNode& node, const PlanNode* parent, int) {
    steps_.push_back({&node, parent});
    if (!node.neverExecuted.value_or(false)) live_.push_back({&node, parent});
    processes_.push_back(
        parent ? processes_[static_cast<std::size_t>(parent->id)] * processesBelow(*parent) : 1);
    // A LIMIT may cost less than what it cuts short.
    totalCost_ = std::max(totalCost_.value_or(0), node.totalCost.value_or(0));
  });
  totalMs_ = tree.executionMs ? tree.executionMs : tree.root.totalMs;
  relations_ = relationsOf(tree, steps_);
}

const PlanNode* Grading::parentOf(const PlanNode& node) const {
  // Ids are positions in pre-order (plan/derive.h).
  return steps_[static_cast<std::size_t>(node.id)].parent;
}

std::optional<double> Grading::partOfWhole(std::optional<double> ms,
                                           std::optional<double> cost) const {
  if (totalMs_ && *totalMs_ > 0 && ms) return std::min(1.0, *ms / *totalMs_);
  if (tree_.analyzed || !cost || totalCost_.value_or(0) <= 0) return std::nullopt;
  return std::min(1.0, *cost / *totalCost_);
}

std::optional<double> Grading::share(const PlanNode& node) const {
  return partOfWhole(node.selfMs, node.selfCost);
}

std::optional<double> Grading::shareWithChildren(const PlanNode& node) const {
  return partOfWhole(node.totalMs, node.totalCost);
}

std::optional<double> Grading::rounds(const PlanNode& node) const {
  if (!node.loops) return std::nullopt;
  return *node.loops / processes_[static_cast<std::size_t>(node.id)];
}

const protocol::PlanRelation* Grading::relationOf(const PlanNode& node) const {
  return relations_[static_cast<std::size_t>(node.id)];
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

std::string fixed(double value, int digits) {
  // Ten times as quick as printf, and there are several numbers at each step.
  char text[400];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, digits);
  return {text, end.ptr};
}

std::string groupedNumber(double value) {
  std::string text = fixed(value, 0);
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

std::string counted(const PlanNode& node, double value) {
  return (node.approximate.value_or(false) ? "about " : "") + groupedNumber(value);
}

namespace {

/// Two digits where there are not more before the point.
std::string rounded(double value, const char* unit) {
  char text[400];
  std::snprintf(text, sizeof text, value < 10 ? "%.2g %s" : "%.0f %s", value, unit);
  return text;
}

}  // namespace

std::string duration(double ms) { return ms < 1000 ? rounded(ms, "ms") : rounded(ms / 1000, "s"); }

std::string dataSize(double bytes) {
  constexpr double kib = 1024, mib = 1024 * kib, gib = 1024 * mib;
  if (bytes < kib) return rounded(bytes, "bytes");
  if (bytes < mib) return rounded(bytes / kib, "KiB");
  return bytes < gib ? rounded(bytes / mib, "MiB") : rounded(bytes / gib, "GiB");
}

std::optional<double> rowsOut(const PlanNode& node) {
  return node.actualRows ? node.actualRows : node.estimatedRows;
}

const PlanNode& testerOf(const Step& step) {
  const bool above =
      !step.node->filter && step.parent && step.parent->category == protocol::PlanCategory::filter;
  return above ? *step.parent : *step.node;
}

}  // namespace mydba::plan
