#include "plan/shape.h"

#include <cinttypes>
#include <cstdio>

#include "plan/walk.h"
#include "sql/hash.h"

namespace mydba::plan {

std::string shapeOf(const protocol::PlanTree& tree) {
  std::string text = tree.engine;
  walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int depth) {
    text += '\n' + std::to_string(depth);
    for (const std::string& part : {node.operation, node.relation.value_or(""),
                                    node.alias.value_or(""), node.index.value_or("")})
      text += '\t' + part;
  });
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016" PRIx64, sql::hash64(text));
  return digits;
}

}  // namespace mydba::plan
