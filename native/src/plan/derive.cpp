#include "plan/derive.h"

#include <algorithm>

#include "plan/walk.h"

namespace mydba::plan {
namespace {

using protocol::PlanBuffers;
using protocol::PlanNode;

std::optional<double> withoutChildren(const PlanNode& node,
                                      std::optional<double> PlanNode::*total) {
  if (!(node.*total)) return std::nullopt;
  double own = *(node.*total);
  for (const PlanNode& child : node.children) own -= (child.*total).value_or(0);
  return std::max(own, 0.0);
}

std::optional<PlanBuffers> pagesWithoutChildren(const PlanNode& node) {
  if (!node.buffers) return std::nullopt;
  PlanBuffers own = *node.buffers;
  for (const PlanNode& child : node.children)
    if (child.buffers) own = pagesWithout(own, *child.buffers);
  return own;
}

std::optional<double> rowsRead(const PlanNode& node) {
  if (node.actualRead || !node.actualRows || !node.children.empty()) return node.actualRead;
  return *node.actualRows + node.rowsRemoved.value_or(0) + node.rowsRemovedByRecheck.value_or(0);
}

std::optional<double> estimateRatio(const PlanNode& node) {
  if (!node.estimatedRows || !node.actualRows || node.neverExecuted) return std::nullopt;
  return std::max(*node.actualRows, 1.0) / std::max(*node.estimatedRows, 1.0);
}

}  // namespace

PlanBuffers pagesWithout(PlanBuffers own, const PlanBuffers& others, double share) {
  using Pages = PlanBuffers;
  for (auto pages :
       {&Pages::sharedHit, &Pages::sharedRead, &Pages::sharedDirtied, &Pages::sharedWritten,
        &Pages::localHit, &Pages::localRead, &Pages::localDirtied, &Pages::localWritten,
        &Pages::tempRead, &Pages::tempWritten, &Pages::readMs, &Pages::writeMs}) {
    if (!(own.*pages)) continue;
    *(own.*pages) -= share * (others.*pages).value_or(0);
    if (*(own.*pages) <= 0) (own.*pages).reset();
  }
  return own;
}

void derive(protocol::PlanTree& tree) {
  std::int64_t id = 0;
  walk(tree.root, [&](PlanNode& node, PlanNode*, int) {
    node.id = id++;
    if (!node.selfMs) node.selfMs = withoutChildren(node, &PlanNode::totalMs);
    node.selfCost = withoutChildren(node, &PlanNode::totalCost);
    if (!node.selfBuffers) node.selfBuffers = pagesWithoutChildren(node);
    node.actualRead = rowsRead(node);
    node.estimateRatio = estimateRatio(node);
  });
}

protocol::PlanSummary summarise(const protocol::PlanTree& tree,
                                const std::vector<protocol::Finding>& findings) {
  protocol::PlanSummary summary{
      .nodes = 0,
      .totalCost = tree.root.totalCost,
      .executionMs = tree.executionMs ? tree.executionMs : tree.root.totalMs,
      .rows = tree.root.actualRows ? tree.root.actualRows : tree.root.estimatedRows};
  walk(tree.root, [&](const PlanNode&, const PlanNode*, int) { ++summary.nodes; });
  for (const auto& finding : findings) switch (finding.severity) {
      case protocol::Severity::critical: ++summary.critical; break;
      case protocol::Severity::warning: ++summary.warning; break;
      case protocol::Severity::info: ++summary.info; break;
    }
  return summary;
}

}  // namespace mydba::plan
