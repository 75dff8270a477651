#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

struct Switch {
  std::string_view step, setting;
};

// PostgreSQL manual, "Query Planning", 20.7.1. The longer names first.
constexpr Switch switches[] = {{"Index Only Scan", "enable_indexonlyscan"},
                               {"Index Scan", "enable_indexscan"},
                               {"Bitmap Heap Scan", "enable_bitmapscan"},
                               {"Seq Scan", "enable_seqscan"},
                               {"Tid", "enable_tidscan"},
                               {"Nested Loop", "enable_nestloop"},
                               {"Merge Join", "enable_mergejoin"},
                               {"Hash Join", "enable_hashjoin"},
                               {"HashAggregate", "enable_hashagg"},
                               {"Incremental Sort", "enable_incremental_sort"},
                               {"Sort", "enable_sort"},
                               {"Materialize", "enable_material"},
                               {"Memoize", "enable_memoize"},
                               {"Gather Merge", "enable_gathermerge"}};

std::string settingOf(const PlanNode& node) {
  for (const auto& [step, setting] : switches)
    if (node.operation.find(step) != std::string::npos) return std::string(setting);
  return {};
}

std::vector<Observation> check(const Grading& grading, const Limits&) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!node.disabled.value_or(false)) continue;
    const std::string setting = settingOf(node);
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " was taken although a setting of this session forbids it" +
                   (setting.empty() ? "" : " (" + setting + ")") + ": there was no other way",
        .advice =
            "Such settings are meant for experiments. Turn it on again, or give the planner "
            "another way, as by an index.",
        .evidence = {}};
    if (!setting.empty())
      observation.remedies.push_back({.title = "Set " + setting + " back to its default",
                                      .sql = "RESET " + setting,
                                      .tradeOff = "Other plans of this session change too."});
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule disabledStepRule;
const Rule disabledStepRule{"disabled-step", "Step that a setting forbids", {}, check};

}  // namespace mydba::plan
