#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

/// PostgreSQL: `Sort Space Type` is Disk. MariaDB: `r_sort_passes` counts merge passes on disk.
bool spilled(const PlanNode& node) {
  if (extra(node, "Sort Space Type") == "Disk") return true;
  const auto passes = extra(node, "r_sort_passes");
  return !passes.empty() && passes != "0";
}

std::vector<Observation> check(const Grading& grading, const Limits&) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!spilled(node)) continue;
    Observation observation{
        .node = &node,
        .severity = protocol::Severity::warning,
        .message = describe(node) + " did not fit into memory and sorted on disk",
        .advice =
            "An index in the order of the sort avoids it. Otherwise give this statement more "
            "sort memory for its session; a global raise is paid by every connection.",
        .evidence = {}};
    if (const auto used = extra(node, "Sort Space Used"); !used.empty())
      observation.evidence.push_back({"disk used", std::string(used) + " kB"});
    if (const auto passes = extra(node, "r_sort_passes"); !passes.empty())
      observation.evidence.push_back({"merge passes", std::string(passes)});
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule sortSpillsRule;
const Rule sortSpillsRule{"sort-spills", "Sort on disk", {}, check};

}  // namespace mydba::plan
