#pragma once

#include "types.h"

namespace mydba::plan {

/// Fills what every plan has but no engine says: ids in pre-order; time, cost and pages without
/// children; how far the estimate is off; the rows read, where a filter is all that removed some. A
/// child may cost more than its parent (planners discount early ends, clocks jitter), so own shares
/// never go below zero. Own time and pages that a reader has set, because children do not run in
/// their parent alone, stay.
void derive(protocol::PlanTree& tree);

/// Pages without a share (0 to 1) of others; what is left over is absent when it is none.
protocol::PlanBuffers pagesWithout(protocol::PlanBuffers own, const protocol::PlanBuffers& others,
                                   double share = 1);

/// The plan in a few numbers.
protocol::PlanSummary summarise(const protocol::PlanTree& tree,
                                const std::vector<protocol::Finding>& findings);

}  // namespace mydba::plan
