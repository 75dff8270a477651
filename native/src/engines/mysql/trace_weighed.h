#pragma once

#include <string_view>

#include "types.h"

namespace mydba::mysql {

/// Fills PlanNode::weighed of each table in a plan from the trace of the same statement. The text
/// comes from a server and may be anything; a table that the trace or the plan has under the same
/// name more than once, and one that the plan reads otherwise than the trace says, gets nothing.
void addWeighed(std::string_view trace, protocol::PlanNode& root);

}  // namespace mydba::mysql
