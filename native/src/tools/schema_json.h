#pragma once

#include "ai/answers.h"
#include "tools/desk.h"

namespace mydba::tools {

/// {name, kind, detail?, path}
Json nodeJson(const protocol::TreeNode& node);
/// {subject?, sections: [{title, objects, more?}]}, as many objects as fit into `mostBytes`.
Json schemaJson(const ai::SchemaFacts& facts);
/// The catalogue of a connection; `unsupported` when it has none.
Result<Catalogue*> catalogueOf(Connection& connection);

}  // namespace mydba::tools
