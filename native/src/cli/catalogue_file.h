#pragma once

#include <string>

#include "ai/intent/schema.h"
#include "base/result.h"

namespace mydba::cli {

/// A catalogue as JSON, for tests and scripts:
/// {tables:[{schema?,name,comment?,columns:[{name,type?,comment?,primaryKey?}],
///   foreignKeys?:[{columns:[…],table,references?:[…]}]}]}. `invalidParams` names what is wrong.
Result<ai::intent::Schema> readCatalogueFile(const std::string& path);

}  // namespace mydba::cli
