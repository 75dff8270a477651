#pragma once

#include <string>
#include <vector>

#include "types.h"

namespace mydba::plan {

/// The plan as an indented tree, with the numbers it has and the findings behind their nodes: for
/// terminals, tickets and screen readers. Control characters in names are shown escaped, so that a
/// table name cannot drive a terminal.
std::string textTree(const protocol::PlanTree& tree,
                     const std::vector<protocol::Finding>& findings);

}  // namespace mydba::plan
