#include "native/plan/golden.h"

#include "codec.h"
#include "plan/walk.h"
#include "rpc/json.h"

namespace mydba::plan {
namespace {

std::string fields(const rpc::Json& object) {
  return object.dump(-1, ' ', false, rpc::Json::error_handler_t::replace);
}

}  // namespace

std::string goldenTree(const protocol::PlanTree& tree) {
  protocol::PlanTree whole = tree;
  whole.root = {};
  rpc::Json head = protocol::encode(whole);
  for (const char* member : {"root", "raw"}) head.erase(member);
  std::string text = fields(head) + "\n";
  walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int depth) {
    protocol::PlanNode alone = node;
    alone.children.clear();
    rpc::Json object = protocol::encode(alone);
    for (const char* member : {"operation", "children", "id"}) object.erase(member);
    if (node.extra.empty()) object.erase("extra");
    text += std::string(2 * static_cast<std::size_t>(depth), ' ') + std::to_string(node.id) + " " +
            node.operation + " " + fields(object) + "\n";
  });
  return text;
}

std::string goldenFindings(const std::vector<protocol::Finding>& findings) {
  std::string text;
  for (const protocol::Finding& finding : findings) {
    text += std::string(protocol::name(finding.severity)) + " " + finding.id + " (" +
            std::string(protocol::name(finding.confidence)) + ")";
    if (finding.nodeId) text += " at " + std::to_string(*finding.nodeId);
    text += ": " + finding.title + "\n  " + finding.message + "\n  > " + finding.advice + "\n";
    for (const auto& remedy : finding.remedies)
      text += "  * " + remedy.title + (remedy.sql ? ": " + *remedy.sql : "") + " (" +
              remedy.tradeOff + ")\n";
    if (finding.impact) text += "  impact " + fields(protocol::encode(*finding.impact)) + "\n";
    for (const auto& [name, value] : finding.evidence) text += "  " + name + " = " + value + "\n";
    text += "  see " + finding.citation.anchor + " " + finding.citation.url + "\n";
  }
  return text;
}

}  // namespace mydba::plan
