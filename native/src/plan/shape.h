#pragma once

#include <string>

#include "types.h"

namespace mydba::plan {

/// 16 hexadecimal digits, the same for plans that take the same steps over the same tables and
/// indexes in the same order, whatever their numbers and values. Stored: never changes between
/// releases without a migration of the plan store.
std::string shapeOf(const protocol::PlanTree& tree);

}  // namespace mydba::plan
