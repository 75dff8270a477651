#include "engines/postgres/saved_plans.h"

#include "engines/postgres/plan_reader.h"

namespace mydba::postgres {

Result<std::vector<protocol::PlanTree>> plansIn(std::string_view text) {
  if (text.find("\"Node Type\"") == std::string_view::npos)
    return std::vector<protocol::PlanTree>{};
  auto plan = readPlan(text, "");
  if (!plan) return plan.error();
  return std::vector{std::move(*plan)};
}

}  // namespace mydba::postgres
