#include "plan/partitions.h"

#include <algorithm>
#include <string_view>

namespace mydba::plan {
namespace {

using protocol::PlanNode;

/// PostgreSQL numbers what a table's name stands for: `orders_1`, `orders_2` (ruleutils.c).
std::string_view withoutNumber(std::string_view alias) {
  const auto end = alias.find_last_not_of("0123456789");
  if (end == alias.npos || end + 1 == alias.size() || alias[end] != '_') return {};
  return alias.substr(0, end);
}

const PlanNode* tableBelow(const PlanNode& node) {
  const PlanNode* found = &node;
  while (!found->relation && found->children.size() == 1) found = &found->children.front();
  return found->relation ? found : nullptr;
}

const protocol::PlanRelation* factsOf(const protocol::PlanTree& tree, std::string_view table) {
  if (!tree.relations) return nullptr;
  const protocol::PlanRelation* only = nullptr;
  int count = 0;
  for (const auto& relation : *tree.relations) {
    if (relation.partitions.value_or(0) <= 0) continue;
    if (relation.name == table) return &relation;
    only = &relation;
    ++count;
  }
  // The statement may call it otherwise.
  return count == 1 ? only : nullptr;
}

}  // namespace

std::optional<PartitionReads> partitionReads(const Grading& grading, const PlanNode& node) {
  if (node.category != protocol::PlanCategory::set || node.children.size() < 2) return std::nullopt;
  PartitionReads partitions;
  std::string_view table;
  for (const PlanNode& child : node.children) {
    const PlanNode* read = tableBelow(child);
    if (!read) return std::nullopt;
    const auto name = withoutNumber(read->alias ? *read->alias : *read->relation);
    if (name.empty() || (!table.empty() && name != table)) return std::nullopt;
    table = name;
    partitions.reads.push_back(read);
  }
  partitions.table = table;
  partitions.pruned = extraNumber(node, "Subplans Removed").value_or(0);
  partitions.facts = factsOf(grading.tree(), table);
  return partitions;
}

bool narrowed(const PartitionReads& partitions) {
  return std::any_of(partitions.reads.begin(), partitions.reads.end(),
                     [](const PlanNode* read) { return read->filter || read->condition; });
}

}  // namespace mydba::plan
