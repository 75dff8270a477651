#include "plan/compare.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "plan/match.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanChange;
using protocol::PlanChangeKind;
using protocol::PlanDifference;
using protocol::PlanNode;
using protocol::PlanOutcome;
using protocol::PlanTree;

/// Numbers that differ by less are the same: two runs of one plan differ by about as much.
constexpr double noticeable = 1.1;
/// Below this a measured time says more about the clock than about the plan.
constexpr double shortestMs = 0.05;

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, value < 1000 ? "%.4g" : "%.0f", value);
  return text;
}

std::string times(double factor) {
  char text[40];
  std::snprintf(text, sizeof text, factor < 10 ? "%.1f" : "%.0f", factor);
  return text;
}

struct Number {
  const char* name;
  std::optional<double> PlanNode::*value;
};
constexpr std::array numbers = {Number{"totalMs", &PlanNode::totalMs},
                                Number{"selfMs", &PlanNode::selfMs},
                                Number{"actualRows", &PlanNode::actualRows},
                                Number{"actualRead", &PlanNode::actualRead},
                                Number{"rowsRemoved", &PlanNode::rowsRemoved},
                                Number{"loops", &PlanNode::loops},
                                Number{"totalCost", &PlanNode::totalCost},
                                Number{"selfCost", &PlanNode::selfCost},
                                Number{"estimatedRows", &PlanNode::estimatedRows},
                                Number{"memoryBytes", &PlanNode::memoryBytes},
                                Number{"diskBytes", &PlanNode::diskBytes}};

struct Text {
  const char* name;
  std::optional<std::string> PlanNode::*value;
};
constexpr std::array texts = {Text{"index", &PlanNode::index},
                              Text{"condition", &PlanNode::condition},
                              Text{"filter", &PlanNode::filter}};

/// How many times larger the larger one is.
double distance(const PlanDifference& difference) {
  if (!difference.ratio) return 0;
  return *difference.ratio > 0 ? std::max(*difference.ratio, 1 / *difference.ratio) : INFINITY;
}

std::vector<PlanDifference> differences(const PlanNode& before, const PlanNode& after) {
  std::vector<PlanDifference> found;
  if (before.operation != after.operation)
    found.push_back({"operation", before.operation, after.operation, std::nullopt});
  for (const Text& text : texts)
    if (before.*text.value != after.*text.value)
      found.push_back({text.name, before.*text.value, after.*text.value, std::nullopt});
  const auto ofText = static_cast<std::ptrdiff_t>(found.size());
  for (const Number& one : numbers) {
    const auto &from = before.*one.value, &to = after.*one.value;
    if (!from && !to) continue;
    PlanDifference difference{.name = one.name, .before = {}, .after = {}, .ratio = {}};
    if (from) difference.before = number(*from);
    if (to) difference.after = number(*to);
    if (from && to && *from > 0) difference.ratio = *to / *from;
    if (from && to && *from == *to) continue;
    if (difference.ratio && distance(difference) < noticeable) continue;
    found.push_back(std::move(difference));
  }
  std::stable_sort(found.begin() + ofText, found.end(),
                   [](const auto& a, const auto& b) { return distance(a) > distance(b); });
  return found;
}

bool sameStep(const PlanNode& before, const PlanNode& after) {
  return before.operation == after.operation && before.index == after.index;
}

class Comparer {
 public:
  Comparer(const PlanTree& before, const PlanTree& after)
      : before_(flatten(before.root)),
        after_(flatten(after.root)),
        partner_(match(before_, after_)),
        origin_(after_.size(), -1) {
    for (std::size_t i = 0; i < partner_.size(); ++i)
      if (partner_[i] >= 0) origin_[static_cast<std::size_t>(partner_[i])] = static_cast<int>(i);
  }

  /// Steps of the second plan in its order; a removed one before the next that stood behind it.
  std::vector<PlanChange> changes() const {
    std::vector<PlanChange> result;
    std::size_t next = 0;  // of the first plan
    const auto removedUpTo = [&](std::size_t end) {
      for (; next < end; ++next)
        if (partner_[next] < 0) result.push_back(removed(*before_[next].node));
    };
    for (std::size_t j = 0; j < after_.size(); ++j) {
      if (origin_[j] >= 0) removedUpTo(static_cast<std::size_t>(origin_[j]));
      result.push_back(origin_[j] < 0 ? added(*after_[j].node) : matched(j));
    }
    removedUpTo(before_.size());
    return result;
  }

 private:
  static PlanChange removed(const PlanNode& node) {
    return {.kind = PlanChangeKind::removed,
            .beforeId = node.id,
            .afterId = {},
            .text = describe(node) + " is gone",
            .differences = {}};
  }
  static PlanChange added(const PlanNode& node) {
    return {.kind = PlanChangeKind::added,
            .beforeId = {},
            .afterId = node.id,
            .text = describe(node) + " is new",
            .differences = {}};
  }

  PlanChange matched(std::size_t j) const {
    const auto i = static_cast<std::size_t>(origin_[j]);
    const PlanNode &from = *before_[i].node, &to = *after_[j].node;
    PlanChange change{.kind = PlanChangeKind::same,
                      .beforeId = from.id,
                      .afterId = to.id,
                      .text = describe(to),
                      .differences = differences(from, to)};
    if (!sameStep(from, to)) {
      change.kind = PlanChangeKind::replaced;
      change.text = describe(from) + " became " + describe(to);
    } else if (moved(i, j)) {
      change.kind = PlanChangeKind::moved;
      change.text += " stands elsewhere";
    } else if (!change.differences.empty()) {
      change.kind = PlanChangeKind::changed;
      change.text += ": " + inWords(change.differences.front());
    }
    return change;
  }

  /// A step added or removed above does not move it.
  bool moved(std::size_t i, std::size_t j) const {
    int above = before_[i].parent, target = after_[j].parent;
    while (above >= 0 && partner_[static_cast<std::size_t>(above)] < 0)
      above = before_[static_cast<std::size_t>(above)].parent;
    while (target >= 0 && origin_[static_cast<std::size_t>(target)] < 0)
      target = after_[static_cast<std::size_t>(target)].parent;
    return above < 0 || target < 0 ? above != target
                                   : partner_[static_cast<std::size_t>(above)] != target;
  }

  static std::string inWords(const PlanDifference& difference) {
    return difference.name + " " + difference.before.value_or("none") + " → " +
           difference.after.value_or("none");
  }

  std::vector<FlatNode> before_, after_;
  std::vector<int> partner_, origin_;
};

std::optional<double> measuredMs(const PlanTree& tree) {
  if (!tree.analyzed) return std::nullopt;
  return tree.executionMs ? tree.executionMs : tree.root.totalMs;
}

protocol::PlanVerdict judged(double before, double after, bool measured, const char* what,
                             const char* unit) {
  protocol::PlanVerdict verdict{.outcome = PlanOutcome::same,
                                .measured = measured,
                                .sameShape = false,
                                .factor = {},
                                .text = {}};
  const double factor = after > 0 ? before / after : before > 0 ? INFINITY : 1;
  if (std::isfinite(factor)) verdict.factor = factor;
  const std::string values =
      std::string(what) + " " + number(before) + unit + " → " + number(after) + unit;
  const bool tooShort = measured && std::max(before, after) < shortestMs;
  if (tooShort || (factor < noticeable && factor > 1 / noticeable)) {
    verdict.text = "No noticeable difference: " + values + ".";
  } else if (factor > 1) {
    verdict.outcome = PlanOutcome::better;
    verdict.text = times(factor) + " times " + (measured ? "faster: " : "cheaper: ") + values + ".";
  } else {
    verdict.outcome = PlanOutcome::worse;
    verdict.text =
        times(1 / factor) + " times " + (measured ? "slower: " : "dearer: ") + values + ".";
  }
  return verdict;
}

protocol::PlanVerdict verdictOf(const PlanTree& before, const PlanTree& after) {
  const auto fromMs = measuredMs(before), toMs = measuredMs(after);
  if (fromMs && toMs) return judged(*fromMs, *toMs, true, "time", " ms");
  const auto &from = before.root.totalCost, &to = after.root.totalCost;
  if (before.engine == after.engine && from && to) {
    auto verdict = judged(*from, *to, false, "estimated cost", "");
    verdict.text += " Only a measured run proves it.";
    return verdict;
  }
  return {.outcome = PlanOutcome::unclear,
          .measured = false,
          .sameShape = false,
          .factor = {},
          .text = before.engine == after.engine
                      ? "These plans carry no cost and no time that could be compared."
                      : "Costs of different servers cannot be compared; measure both plans."};
}

}  // namespace

protocol::PlanComparison compare(const PlanTree& before, const PlanTree& after) {
  protocol::PlanComparison result{.changes = Comparer(before, after).changes(),
                                  .verdict = verdictOf(before, after)};
  result.verdict.sameShape =
      std::all_of(result.changes.begin(), result.changes.end(), [](const PlanChange& change) {
        return change.kind == PlanChangeKind::same || change.kind == PlanChangeKind::changed;
      });
  if (result.verdict.sameShape) result.verdict.text += " Both take the same steps.";
  return result;
}

}  // namespace mydba::plan
