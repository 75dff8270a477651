#pragma once

#include "types.h"

namespace mydba::plan {

/// Fills what every plan has but no engine says: ids in pre-order, and time and cost without
/// children. A child may cost more than its parent (planners discount early ends, clocks jitter),
/// so own shares never go below zero.
void derive(protocol::PlanTree& tree);

/// The plan in a few numbers.
protocol::PlanSummary summarise(const protocol::PlanTree& tree,
                                const std::vector<protocol::Finding>& findings);

}  // namespace mydba::plan
