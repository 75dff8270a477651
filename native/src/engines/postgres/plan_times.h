#pragma once

#include "types.h"

namespace mydba::postgres {

/// Makes the times of a plan add up, and sets the own time and pages of the steps where more than
/// their inputs has to be taken away: see the file. Only plans with roles and sub-plan names.
void attributeTimes(protocol::PlanNode& root);

}  // namespace mydba::postgres
