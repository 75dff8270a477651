#pragma once

// Where a model says other than what was computed.
//
// Only what can be told apart by words is looked for: which tables are read whole, which indexes
// are used, and numbers of rows and milliseconds. A sentence that speaks of what could be, or
// denies something, is left alone. So silence here proves nothing; what is found is wrong.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "types.h"

namespace mydba::ai {

/// One sentence each, with what the facts say; at most ten.
std::vector<std::string> contradictions(std::string_view answer,
                                        std::span<const protocol::ExplainResult> plans);

}  // namespace mydba::ai
