#include "engines/postgres/profile_timeline.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "plan/rule.h"

namespace mydba::postgres {
namespace {

using protocol::PlanNode;
using protocol::PlanRole;
using protocol::ProfileStage;
using protocol::ProfileStageKind;

double timeOf(const PlanNode& node) { return node.totalMs.value_or(0); }

/// Until the first row of its first run, as far as the server tells.
double startupOf(const PlanNode& node) {
  return std::min(plan::extraNumber(node, "Actual Startup Time").value_or(0), timeOf(node));
}

std::string textOf(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string titleOf(const PlanNode& node) {
  std::string title = node.operation;
  if (node.relation) title += " on " + *node.relation;
  if (node.index) title += " using " + *node.index;
  return title;
}

/// How the inputs of a step follow each other.
enum class Order { oneByOne, hashFirst, interleaved };

Order orderOf(const PlanNode& node) {
  constexpr std::string_view parallel = "Parallel ";
  std::string_view op = node.operation;
  if (op.starts_with(parallel)) op.remove_prefix(parallel.size());
  if (op.starts_with("Hash") && node.children.size() > 1) return Order::hashFirst;
  const bool merges = op.starts_with("Merge") || op.starts_with("Nested Loop") ||
                      op.starts_with("Gather") || op.starts_with("Recursive");
  return merges ? Order::interleaved : Order::oneByOne;
}

class Timeline {
 public:
  std::vector<ProfileStage> of(const protocol::PlanTree& tree) {
    const double planning = tree.planningMs.value_or(0);
    const double execution = std::max(tree.executionMs.value_or(0), timeOf(tree.root));
    if (tree.planningMs) add("Planning", ProfileStageKind::planning, {0, planning}, 0, false);
    add("Execution", ProfileStageKind::stage, {planning, execution}, 0, false);
    const Span all{planning, execution};
    if (tree.jit && tree.jit->totalMs)
      add("JIT compilation", ProfileStageKind::stage, within(all, planning, *tree.jit->totalMs), 1,
          true);
    place(tree.root, all, planning, 1, false);
    if (tree.serialization && tree.serialization->totalMs)
      add("Serialization", ProfileStageKind::stage,
          within(all, planning + startupOf(tree.root), *tree.serialization->totalMs), 1, true);
    placeTriggers(tree, all);
    return std::move(stages_);
  }

 private:
  struct Span {
    double start = 0;
    double duration = 0;
    double end() const { return start + duration; }
  };

  static Span within(const Span& outer, double start, double duration) {
    const double fits = std::clamp(duration, 0.0, outer.duration);
    return {std::clamp(start, outer.start, std::max(outer.start, outer.end() - fits)), fits};
  }

  ProfileStage& add(std::string name, ProfileStageKind kind, const Span& span, int level,
                    bool approximate) {
    ProfileStage stage{.name = std::move(name),
                       .kind = kind,
                       .startMs = span.start,
                       .durationMs = span.duration,
                       .level = level};
    if (approximate) stage.approximate = true;
    return stages_.emplace_back(std::move(stage));
  }

  void place(const PlanNode& node, const Span& parent, double start, int level, bool approximate) {
    if (node.neverExecuted.value_or(false)) return;
    const bool vague = approximate || node.loops.value_or(1) > 1;
    const Span span = within(parent, start, timeOf(node));
    auto& stage = add(titleOf(node), ProfileStageKind::step, span, level, vague);
    stage.nodeId = node.id;
    stage.extra.emplace();
    if (node.actualRows) stage.extra->push_back({"rows", textOf(*node.actualRows)});
    if (node.loops) stage.extra->push_back({"loops", textOf(*node.loops)});
    placeInputOutput(node, span, level + 1);
    placeInputs(node, span, level + 1, vague);
  }

  void placeInputs(const PlanNode& node, const Span& span, int level, bool vague) {
    const Order order = orderOf(node);
    std::vector<const PlanNode*> inputs;
    for (const auto& child : node.children) inputs.push_back(&child);
    if (order == Order::hashFirst)
      std::stable_sort(inputs.begin(), inputs.end(), [](const auto* a, const auto* b) {
        return a->role == PlanRole::inner && b->role != PlanRole::inner;
      });
    double at = span.start;
    for (const PlanNode* input : inputs) {
      const bool aside = input->role == PlanRole::subplan || input->role == PlanRole::initplan;
      const bool mixed = aside || (order == Order::interleaved && inputs.size() > 1);
      place(*input, span, aside ? span.start : at, level, vague || mixed);
      if (!aside) at += order == Order::interleaved ? startupOf(*input) : timeOf(*input);
    }
  }

  void placeInputOutput(const PlanNode& node, const Span& span, int level) {
    if (!node.selfBuffers) return;
    const auto& pages = *node.selfBuffers;
    double at = span.start;
    const auto put = [&](const char* name, const std::optional<double>& ms,
                         std::optional<double> count) {
      if (!ms || *ms <= 0) return;
      const Span part = within(span, at, *ms);
      auto& stage = add(name, ProfileStageKind::io, part, level, true);
      stage.nodeId = node.id;
      if (count) stage.extra = {{"pages", textOf(*count)}};
      at = part.end();
    };
    put("Read pages", pages.readMs,
        pages.sharedRead.value_or(0) + pages.localRead.value_or(0) + pages.tempRead.value_or(0));
    put("Write pages", pages.writeMs,
        pages.sharedWritten.value_or(0) + pages.localWritten.value_or(0) +
            pages.tempWritten.value_or(0));
  }

  /// Those that fire behind the rows; BEFORE triggers are among them and not told apart.
  void placeTriggers(const protocol::PlanTree& tree, const Span& all) {
    if (!tree.triggers) return;
    double sum = 0;
    for (const auto& trigger : *tree.triggers) sum += trigger.totalMs.value_or(0);
    double at = all.end() - sum;
    for (const auto& trigger : *tree.triggers) {
      const Span span = within(all, at, trigger.totalMs.value_or(0));
      auto& stage = add("Trigger " + trigger.name, ProfileStageKind::stage, span, 1, true);
      if (trigger.calls) stage.extra = {{"calls", textOf(*trigger.calls)}};
      at = span.end();
    }
  }

  std::vector<ProfileStage> stages_;
};

}  // namespace

std::vector<ProfileStage> timelineOf(const protocol::PlanTree& derived) {
  return Timeline().of(derived);
}

}  // namespace mydba::postgres
