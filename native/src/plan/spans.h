#pragma once

#include "types.h"

namespace mydba::plan {

/// Fills PlanNode.span: the place in the statement where the table that a step reads is named, with
/// its alias. A step is left without one when its statement is not known or does not name it (a
/// view's table, a partition). Each place is given once before one is given again.
void locate(protocol::PlanTree& tree);

}  // namespace mydba::plan
