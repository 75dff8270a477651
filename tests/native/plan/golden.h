#pragma once

#include <string>
#include <vector>

#include "types.h"

namespace mydba::plan {

/// A plan for a golden file: what it says of the whole on the first line, then a line for each node
/// with every field it has, indented by its depth. Short, and a change shows where it is.
std::string goldenTree(const protocol::PlanTree& tree);

/// Findings for a golden file, most of the fields in words, with what they rest on.
std::string goldenFindings(const std::vector<protocol::Finding>& findings);

}  // namespace mydba::plan
