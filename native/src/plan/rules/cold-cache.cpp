#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"pages", 1000, "pages read"},
                                    {"share", 0.5, "part of the pages touched, 0 to 1"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  // Only the costliest step: the others would say the same.
  const PlanNode* dearest = nullptr;
  for (const Step& step : grading.live())
    if (step.node->selfMs && (!dearest || *step.node->selfMs > *dearest->selfMs))
      dearest = step.node;
  if (!dearest || !dearest->selfBuffers) return {};
  const double read = dearest->selfBuffers->sharedRead.value_or(0);
  const double share = part(read, read + dearest->selfBuffers->sharedHit.value_or(0));
  if (read < limits["pages"] || share < limits["share"]) return {};
  Observation observation{
      .node = dearest,
      .message = describe(*dearest) + ", the costliest step, read " + groupedNumber(read) +
                 " pages from outside of the cache, " + percent(share) + " of those it touched",
      .advice =
          "Run it again: if it is fast then, only the first run is slow. If not, what it "
          "reads does not fit: read less through an index, or give the server a larger "
          "cache (shared_buffers).",
      .evidence = {{"pages read", groupedNumber(read)}, {"share", percent(share)}}};
  if (const auto ms = dearest->selfBuffers->readMs)
    observation.evidence.push_back({"time to read", duration(*ms)});
  return {observation};
}

}  // namespace

extern const Rule coldCacheRule;
const Rule coldCacheRule{"cold-cache", "Pages came from outside of the cache", thresholds, check};

}  // namespace mydba::plan
