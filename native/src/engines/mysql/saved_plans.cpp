#include "engines/mysql/saved_plans.h"

#include "engines/mysql/plan_paste.h"
#include "engines/mysql/plan_readers.h"
#include "engines/mysql/plan_table.h"

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

using Reader = Result<protocol::PlanTree> (*)(std::string_view);

/// Adds what `read` makes of a text; the first error when it is none.
class Collected {
 public:
  explicit Collected(std::string_view engine) : engine_(engine) {}

  void add(Reader read, std::string_view text, std::string_view raw) {
    auto plan = read(text);
    if (!plan) {
      if (!error_) error_ = plan.error();
      return;
    }
    plan->engine = engine_;
    plan->raw = raw;
    plans_.push_back(std::move(*plan));
  }
  void addTable(Reader read, std::string_view table, const PlanJson& json, const LoggedPlan& of) {
    const auto before = plans_.size();
    add(read, json.dump(-1, ' ', false, PlanJson::error_handler_t::replace), table);
    if (plans_.size() == before) return;
    auto& plan = plans_.back();
    plan.format = protocol::PlanFormat::rows;
    plan.sql = of.sql;
    plan.analyzed = plan.analyzed || plan.root.loops.has_value() || holds(table, "r_rows");
    if (of.seconds > 0) plan.executionMs = of.seconds * 1000;
  }

  Result<Plans> take() {
    if (plans_.empty() && error_) return *error_;
    return std::move(plans_);
  }

 private:
  std::string_view engine_;
  Plans plans_;
  std::optional<Error> error_;
};

}  // namespace

Result<Plans> mysqlPlansIn(std::string_view text) {
  Collected found("mysql");
  for (const std::string& json : jsonIn(text))
    if (holds(json, "\"query_plan\"") || (holds(json, "\"query_block\"") && isMysqlBlock(json)))
      found.add(readMysqlJson, json, json);
  if (!text.starts_with('{'))
    for (const std::string& tree : treesIn(text))
      // PostgreSQL's text has arrows as well, with a cost of two parts: `(cost=0.00..1.05 rows=5
      // width=4)`.
      if (!holds(tree, " width=")) found.add(readPlanTree, tree, tree);
  if (const auto table = explainTable(text); table && table->mysql)
    found.addTable(readPlanV1, text, table->json, {});
  return found.take();
}

Result<Plans> mariadbPlansIn(std::string_view text) {
  Collected found("mariadb");
  for (const std::string& json : jsonIn(text))
    if (holds(json, "\"query_block\"") && !isMysqlBlock(json))
      found.add(readMariadbPlan, json, json);
  if (const auto logged = loggedPlans(text); !logged.empty()) {
    for (const LoggedPlan& plan : logged)
      if (const auto table = explainTable(plan.explain))
        found.addTable(readMariadbPlan, plan.explain, table->json, plan);
  } else if (const auto table = explainTable(text); table && !table->mysql) {
    found.addTable(readMariadbPlan, text, table->json, {});
  }
  return found.take();
}

}  // namespace mydba::mysql
