#pragma once

#include "plan/collect.h"
#include "types.h"

namespace mydba::plan {

/// The short form of what was collected, for a list: the plan's cost and findings by the rules'
/// defaults. `statement` keeps what it is and what the server counted for it.
void describe(protocol::WorkloadStatement& statement, CollectedPlan collected);

/// What became of the statements, derived from their ways and attempts. Among the reasons is also
/// why one was not measured that was to be.
protocol::CollectionCounts count(const std::vector<protocol::WorkloadStatement>& statements);

}  // namespace mydba::plan
