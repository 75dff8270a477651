#include "plan/text_tree.h"

#include <algorithm>
#include <cstdio>
#include <unordered_map>

#include "plan/grade.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Finding;
using protocol::PlanNode;

bool isControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

/// Appends text of a server; what could move the cursor is written as a number.
void addVisible(std::string& to, std::string_view text) {
  while (true) {
    const auto* plain = std::find_if(text.begin(), text.end(), isControl);
    to.append(text.begin(), plain);
    if (plain == text.end()) return;
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned char>(*plain));
    to += escaped;
    text.remove_prefix(static_cast<std::size_t>(plain - text.begin()) + 1);
  }
}

std::string decimal(double value) { return fixed(value, value < 10 ? 2 : 1); }

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
  explicit Writer(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings)
      if (finding.nodeId) findings_[*finding.nodeId].push_back(&finding);
  }

  void node(const PlanNode& node, const std::string& indent, bool isRoot, bool isLast) {
    text_ += indent;
    if (!isRoot) text_ += isLast ? "└─ " : "├─ ";
    addVisible(text_, describe(node));
    text_ += numbers(node) + "\n";
    const std::string below = isRoot ? indent : indent + (isLast ? "   " : "│  ");
    const std::string details = below + (node.children.empty() ? "   " : "│  ");
    if (node.condition) line(details + "on: ", *node.condition);
    if (node.filter) line(details + "filter: ", *node.filter);
    if (const auto found = findings_.find(node.id); found != findings_.end())
      for (const Finding* finding : found->second)
        line(details + std::string(mark(finding->severity)) + finding->id + ": ", finding->message);
    for (std::size_t i = 0; i < node.children.size(); ++i)
      this->node(node.children[i], below, false, i + 1 == node.children.size());
  }

  std::string take() { return std::move(text_); }

 private:
  void line(const std::string& start, std::string_view text) {
    text_ += start;
    addVisible(text_, text);
    text_ += "\n";
  }

  std::unordered_map<std::int64_t, std::vector<const Finding*>> findings_;  ///< by id of the node
  std::string text_;
};

}  // namespace

std::string textTree(const protocol::PlanTree& tree, const std::vector<Finding>& findings) {
  Writer writer(findings);
  writer.node(tree.root, "", true, true);
  return writer.take();
}

}  // namespace mydba::plan
