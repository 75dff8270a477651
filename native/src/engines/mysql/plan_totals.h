#pragma once

#include "types.h"

namespace mydba::mysql {

/// MySQL's iterator plans (TREE and JSON version 2) give rows, cost and time of one loop. This
/// multiplies them: what was measured by the measured loops; what was estimated by the rows that
/// the outer side of each nested loop is expected to have. It also counts the rows that filters
/// threw away.
void totalOverLoops(protocol::PlanNode& root);

/// The rows and costs that were estimated, of a step and all below it.
void multiplyEstimates(protocol::PlanNode& node, double factor);

}  // namespace mydba::mysql
