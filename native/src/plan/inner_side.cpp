#include "plan/inner_side.h"

#include <algorithm>

#include "plan/condition_columns.h"

namespace mydba::plan {

using protocol::PlanCategory;
using protocol::PlanNode;

const PlanNode* innerSide(const PlanNode& join) {
  if (join.category != PlanCategory::join) return nullptr;
  const PlanNode* last = nullptr;
  for (const PlanNode& child : join.children) {
    if (child.role == protocol::PlanRole::inner) return &child;
    const bool input = !child.role || child.role == protocol::PlanRole::input;
    if (input) last = &child;
  }
  // Without roles the inner side stands last, in every engine.
  return join.children.size() < 2 ? nullptr : last;
}

const PlanNode* innerTable(const PlanNode& join) {
  const PlanNode* node = innerSide(join);
  while (node && !node->relation) {
    const bool passes =
        node->category == PlanCategory::materialize || node->category == PlanCategory::filter;
    node = passes && node->children.size() == 1 ? &node->children.front() : nullptr;
  }
  return node;
}

std::vector<std::string> joinColumns(const Grading& grading, const PlanNode& join,
                                     const PlanNode& table) {
  const sql::Dialect* dialect = sql::findDialect(grading.tree().engine);
  if (!dialect || !table.relation) return {};
  const std::string alias = table.alias.value_or(*table.relation);
  std::vector<std::string> columns;
  for (const auto* condition : {&join.condition, &join.filter, &table.filter}) {
    if (!*condition) continue;
    for (const auto& column : columnsOf(**condition, *dialect, *table.relation, alias).equal)
      if (std::find(columns.begin(), columns.end(), column) == columns.end())
        columns.push_back(column);
  }
  return columns;
}

}  // namespace mydba::plan
