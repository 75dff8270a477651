#include <algorithm>
#include <nlohmann/json.hpp>

#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr std::string_view covered[] = {"sort-spills", "temporary-files"};

struct Groups {
  double count = 0;
  double peakDisk = 0;  ///< bytes
};

/// PostgreSQL writes an object: `{"Group Count": 2, "Sort Space Disk": {"Peak Sort Space Used": …`.
Groups groupsOf(std::string_view text) {
  if (text.empty()) return {};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return {};
  const auto number = [](const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<double>() : 0.0;
  };
  Groups groups{.count = number(json, "Group Count")};
  const auto disk = json.find("Sort Space Disk");
  if (disk != json.end() && disk->is_object())
    groups.peakDisk = 1024 * number(*disk, "Peak Sort Space Used");
  return groups;
}

std::vector<Observation> check(const Grading& grading, const Limits&) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const Groups full = groupsOf(extra(node, "Full-sort Groups"));
    const Groups presorted = groupsOf(extra(node, "Pre-sorted Groups"));
    const double disk = std::max(full.peakDisk, presorted.peakDisk);
    if (disk <= 0) continue;
    const double groups = full.count + presorted.count;
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " sorted " + groupedNumber(groups) +
                   " groups, the largest of them on disk (" + dataSize(disk) + ")",
        .advice =
            "Some values of the columns that are in order already have very many rows. An "
            "index in the whole order of the sort avoids it; more working memory keeps the "
            "largest group in memory.",
        .evidence = {{"groups", groupedNumber(groups)}, {"disk used", dataSize(disk)}}};
    propose(observation, raiseWorkMemory(2.5 * disk));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule incrementalSortGroupsRule;
const Rule incrementalSortGroupsRule{
    "incremental-sort-groups", "Incremental sort on disk", {}, check, covered};

}  // namespace mydba::plan
