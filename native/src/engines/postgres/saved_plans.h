#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "types.h"

namespace mydba::postgres {

/// Engine::plansIn: EXPLAIN's JSON.
Result<std::vector<protocol::PlanTree>> plansIn(std::string_view text);

}  // namespace mydba::postgres
