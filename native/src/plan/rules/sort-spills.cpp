#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr std::string_view covered[] = {"temporary-files", "sort-without-index"};

/// PostgreSQL: `Sort Space Type` is Disk. MariaDB: `r_sort_passes` counts merge passes on disk.
bool spilled(const PlanNode& node) {
  if (node.category == PlanCategory::sort && node.diskBytes.value_or(0) > 0) return true;
  if (extra(node, "Sort Space Type") == "Disk") return true;
  const auto passes = extra(node, "r_sort_passes");
  return !passes.empty() && passes != "0";
}

std::vector<Observation> check(const Grading& grading, const Limits&) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!spilled(node)) continue;
    const double disk =
        node.diskBytes.value_or(1024 * extraNumber(node, "Sort Space Used").value_or(0));
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " did not fit into memory and sorted " +
                   (disk > 0 ? dataSize(disk) + " " : "") + "on disk",
        .advice =
            "An index in the order of the sort avoids it. Otherwise give this statement more "
            "sort memory for its session; a global raise is paid by every connection."};
    if (disk > 0) observation.evidence.push_back({"disk used", dataSize(disk)});
    if (const auto passes = extra(node, "r_sort_passes"); !passes.empty())
      observation.evidence.push_back({"merge passes", std::string(passes)});
    // In memory rows take more than twice what they take on disk (PostgreSQL wiki and manual on
    // work_mem say "more").
    if (!extra(node, "Sort Space Type").empty()) propose(observation, raiseWorkMemory(2.5 * disk));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule sortSpillsRule;
const Rule sortSpillsRule{"sort-spills", "Sort on disk", {}, check, covered};

}  // namespace mydba::plan
