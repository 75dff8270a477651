#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "types.h"

namespace mydba::sqlite {

/// Engine::plansIn: rows of EXPLAIN QUERY PLAN, `id|parent|detail`.
Result<std::vector<protocol::PlanTree>> plansIn(std::string_view text);

}  // namespace mydba::sqlite
