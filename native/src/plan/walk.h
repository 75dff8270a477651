#pragma once

#include <utility>

#include "types.h"

namespace mydba::plan {

// Plans come from servers and files, so their depth is bounded where they are read (the readers
// refuse more than `maximumDepth`); walking them may then recurse.
inline constexpr int maximumDepth = 500;

/// Visits a node before its children; `visit(node, parent, depth)`.
template <typename Node, typename Visit>
void walk(Node& node, Visit&& visit, Node* parent = nullptr, int depth = 0) {
  visit(node, parent, depth);
  for (auto& child : node.children) walk(child, visit, &node, depth + 1);
}

}  // namespace mydba::plan
