#include "plan/rule.h"

namespace mydba::plan {
namespace {

constexpr Threshold thresholds[] = {{"rows", 1000, "rows read"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    // Report what is seen with its numbers; stay silent about what is unknown.
    if (step.node->actualRead.value_or(0) < limits["rows"]) continue;
  }
  return seen;
}

}  // namespace

extern const Rule __name__Rule;
const Rule __name__Rule{"__id__", "__Title__", thresholds, check};

}  // namespace mydba::plan
