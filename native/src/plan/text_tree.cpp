#include "plan/text_tree.h"

#include <cstdio>

#include "plan/grade.h"

namespace mydba::plan {
namespace {

using protocol::Finding;
using protocol::PlanNode;

std::string visible(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      result += c;
    } else {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", byte);
      result += escaped;
    }
  }
  return result;
}

std::string decimal(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", value < 10 ? 2 : 1, value);
  return text;
}

std::string numbers(const PlanNode& node) {
  std::string text;
  const auto add = [&](std::string_view name, const std::string& value) {
    text += text.empty() ? "  (" : ", ";
    text += name;
    text += value;
  };
  if (node.neverExecuted.value_or(false)) add("never executed", "");
  if (node.totalCost) add("cost ", decimal(*node.totalCost));
  if (node.estimatedRows) add("rows ~", groupedNumber(*node.estimatedRows));
  if (node.actualRows) add("rows ", groupedNumber(*node.actualRows));
  if (node.loops && *node.loops > 1) add("loops ", groupedNumber(*node.loops));
  if (node.totalMs) add("time ", decimal(*node.totalMs) + " ms");
  if (node.selfMs && !node.children.empty()) add("own ", decimal(*node.selfMs) + " ms");
  if (node.rowsRemoved) add("removed ", groupedNumber(*node.rowsRemoved));
  return text.empty() ? text : text + ")";
}

std::string_view mark(protocol::Severity severity) {
  switch (severity) {
    case protocol::Severity::critical: return "!! ";
    case protocol::Severity::warning: return "! ";
    case protocol::Severity::info: return "i ";
  }
  return "";
}

class Writer {
 public:
  explicit Writer(const std::vector<Finding>& findings) : findings_(findings) {}

  void node(const PlanNode& node, const std::string& indent, bool isRoot, bool isLast) {
    text_ += indent;
    if (!isRoot) text_ += isLast ? "└─ " : "├─ ";
    text_ += visible(describe(node)) + numbers(node) + "\n";
    const std::string below = isRoot ? indent : indent + (isLast ? "   " : "│  ");
    const std::string details = below + (node.children.empty() ? "   " : "│  ");
    if (node.condition) text_ += details + "on: " + visible(*node.condition) + "\n";
    if (node.filter) text_ += details + "filter: " + visible(*node.filter) + "\n";
    for (const Finding& finding : findings_)
      if (finding.nodeId == node.id)
        text_ += details + std::string(mark(finding.severity)) + finding.id + ": " +
                 visible(finding.message) + "\n";
    for (std::size_t i = 0; i < node.children.size(); ++i)
      this->node(node.children[i], below, false, i + 1 == node.children.size());
  }

  std::string take() { return std::move(text_); }

 private:
  const std::vector<Finding>& findings_;
  std::string text_;
};

}  // namespace

std::string textTree(const protocol::PlanTree& tree, const std::vector<Finding>& findings) {
  Writer writer(findings);
  writer.node(tree.root, "", true, true);
  return writer.take();
}

}  // namespace mydba::plan
