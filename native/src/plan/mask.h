#pragma once

#include "types.h"

namespace mydba::plan {

/// A plan without the values of its statement, for keeping: conditions and what else the server
/// quotes from the statement are anonymised, the server's own answer is left out.
protocol::PlanTree withoutValues(protocol::PlanTree tree);

}  // namespace mydba::plan
