#pragma once

#include "types.h"

namespace mydba::plan {

/// What changed from one derived plan of a statement to another: before and after an index, on two
/// servers or versions, with two sets of values. Steps are matched by what they read first, then
/// upwards by what is below them, so that a join keeps its partner when an input got another access
/// path. The verdict rests on measured time when both plans have it, else on the planner's cost
/// when both are of one engine; else it stays open. Takes time in proportion to the steps.
protocol::PlanComparison compare(const protocol::PlanTree& before, const protocol::PlanTree& after);

}  // namespace mydba::plan
