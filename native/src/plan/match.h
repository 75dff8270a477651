#pragma once

#include <optional>
#include <string>
#include <vector>

#include "types.h"

namespace mydba::plan {

/// A plan's nodes in pre-order; `parent` is an index into the same list, -1 for the root.
struct FlatNode {
  const protocol::PlanNode* node = nullptr;
  int parent = -1;
};
std::vector<FlatNode> flatten(const protocol::PlanNode& root);

/// For each node of `before` its partner's index in `after`, or -1. No partner is given twice.
std::vector<int> match(const std::vector<FlatNode>& before, const std::vector<FlatNode>& after);

}  // namespace mydba::plan
