#include "engines/mysql/saved_plans.h"

#include "engines/mysql/plan_readers.h"

namespace mydba::mysql {
namespace {

using Plans = std::vector<protocol::PlanTree>;

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Both servers call the top of a plan `query_block`; MariaDB writes `"insert": 1` and has messages
/// only inside of tables.
bool isMysqlBlock(std::string_view text) {
  for (const char* member : {"\"cost_info\"", "\"rows_examined_per_scan\"", "\"insert_from\"",
                             "\"insert\": true", "\"using_temporary_table\""})
    if (holds(text, member)) return true;
  return holds(text, "\"message\"") && !holds(text, "\"table\"");
}

Result<Plans> only(Result<protocol::PlanTree> plan, std::string_view engine,
                   std::string_view text) {
  if (!plan) return plan.error();
  plan->engine = engine;
  plan->raw = text;
  return Plans{std::move(*plan)};
}

}  // namespace

Result<Plans> mysqlPlansIn(std::string_view text) {
  if (text.starts_with("-> ")) return only(readPlanTree(text), "mysql", text);
  if (holds(text, "\"query_plan\"") || (holds(text, "\"query_block\"") && isMysqlBlock(text)))
    return only(readMysqlJson(text), "mysql", text);
  return Plans{};
}

Result<Plans> mariadbPlansIn(std::string_view text) {
  if (!holds(text, "\"query_block\"") || isMysqlBlock(text)) return Plans{};
  return only(readMariadbPlan(text), "mariadb", text);
}

}  // namespace mydba::mysql
