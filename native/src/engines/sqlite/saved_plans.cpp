#include "engines/sqlite/saved_plans.h"

#include "engines/sqlite/plan_reader.h"

namespace mydba::sqlite {

Result<std::vector<protocol::PlanTree>> plansIn(std::string_view text) {
  const auto rows = parsePlanText(text);
  if (rows.empty()) return std::vector<protocol::PlanTree>{};
  return std::vector{readPlan(rows)};
}

}  // namespace mydba::sqlite
