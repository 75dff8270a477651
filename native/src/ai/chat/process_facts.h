#pragma once

#include <string_view>
#include <vector>

#include "types.h"

namespace mydba::ai {

/// What somebody should look at in a process list: who holds up whom, transactions that stay open,
/// statements that run for long. The worst first; at most one finding of a kind for a session.
/// `engine` is EngineDescriptor.id, for the documents.
std::vector<protocol::Finding> processFacts(const protocol::ProcessSnapshot& snapshot,
                                            std::string_view engine);

}  // namespace mydba::ai
