#pragma once

#include <string_view>

#include "base/result.h"
#include "types.h"

namespace mydba::postgres {

/// True for a line that starts a plan: a step with what it costs or took. Not for MySQL's, whose
/// costs have no width and whose first step has an arrow.
bool isStepLine(std::string_view line);

/// Reads EXPLAIN's text format as people copy it: with psql's header, frame and footer, quotes of
/// pgAdmin, any indentation; of version 14 to 18. The tree is that of the same plan in JSON,
/// without the fields that only JSON has. Lines that are not understood are warnings. Pure; errors
/// as of readPlan.
Result<protocol::PlanTree> readTextPlan(std::string_view text, std::string_view version);

}  // namespace mydba::postgres
