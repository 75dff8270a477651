#pragma once

#include <optional>
#include <span>
#include <vector>

#include "types.h"

namespace mydba::privacy {

/// For whom rows are read.
struct Viewer {
  protocol::Redact redact = protocol::Redact::secrets;
  bool agent = false;  ///< a chat or a tool, not a person in front of a grid
};

/// Agents get no secrets, whatever the setting says of the user's own screen; without a setting
/// nobody does.
Viewer viewerOf(std::optional<protocol::AuditActor> actor, std::optional<protocol::Redact> setting);

/// The columns with what their names say of them, and which of them are redacted for the viewer.
std::vector<protocol::Column> marked(std::span<const protocol::Column> columns, Viewer viewer);

/// Says in the tooltip of columns in the tree what their names say of them, and gives them a lock
/// or an eye for an icon, unless theirs says that they are a key.
void markColumns(std::vector<protocol::TreeNode>& nodes);

}  // namespace mydba::privacy
