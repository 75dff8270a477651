#include "privacy/marks.h"

#include <string>
#include <string_view>

#include "privacy/sensitive.h"

namespace mydba::privacy {
namespace {

using protocol::AuditActor;
using protocol::Redact;
using protocol::Sensitivity;

bool isRedacted(Sensitivity sensitivity, Redact redact) {
  if (redact == Redact::none) return false;
  return redact == Redact::all || sensitivity == Sensitivity::secret;
}

}  // namespace

Viewer viewerOf(std::optional<AuditActor> actor, std::optional<Redact> setting) {
  const bool agent =
      actor == AuditActor::chat || actor == AuditActor::tool || actor == AuditActor::mcp;
  Redact redact = setting.value_or(Redact::secrets);
  if (agent && redact == Redact::none) redact = Redact::secrets;
  return {.redact = redact, .agent = agent};
}

std::vector<protocol::Column> marked(std::span<const protocol::Column> columns, Viewer viewer) {
  std::vector<protocol::Column> result(columns.begin(), columns.end());
  for (protocol::Column& column : result) {
    const auto found = findSensitive(column.name, column.kind);
    if (!found) continue;
    column.sensitive = found->sensitivity;
    column.sensitiveBecause = found->because;
    if (isRedacted(found->sensitivity, viewer.redact)) column.redacted = true;
  }
  return result;
}

void markColumns(std::vector<protocol::TreeNode>& nodes) {
  for (protocol::TreeNode& node : nodes) {
    if (node.kind != "column") continue;
    // Behind the type stand a default and what else is declared.
    const std::string_view type = std::string_view(node.detail).substr(0, node.detail.find(" = "));
    const auto found = findSensitive(node.name, kindOfType(type));
    if (!found) continue;
    const bool secret = found->sensitivity == Sensitivity::secret;
    const std::string line =
        std::string(secret ? "Secret: " : "Personal: ") + std::string(found->because);
    node.tooltip = node.tooltip ? *node.tooltip + "\n" + line : line;
    if (node.icon == "symbol-field") node.icon = secret ? "lock" : "eye";
  }
}

}  // namespace mydba::privacy
