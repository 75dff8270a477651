#include "advise/variables/judge.h"

#include <set>

#include "advise/variables/checks.h"
#include "advise/variables/quantity.h"
#include "engines/engine.h"
#include "native/catch.h"
#include "rag/document.h"

using namespace mydba;
using namespace mydba::advise;

namespace {

using Settings = std::vector<protocol::Variable>;

protocol::Variable setting(std::string_view name, std::string_view value,
                           std::string_view unit = {}) {
  protocol::Variable variable{.name = std::string(name), .value = std::string(value)};
  if (!unit.empty()) variable.unit = std::string(unit);
  return variable;
}

/// A value for which the condition holds, and one for which it does not.
std::pair<std::string, std::string> examplesOf(const Condition& condition) {
  const std::string operand(condition.operands[0] == "\"\"" ? "" : condition.operands[0]);
  const auto number = quantity(operand);
  const auto text = [](double value) { return std::to_string(static_cast<long long>(value)); };
  if (condition.comparison == "lacks") return {"ANSI_QUOTES,PIPES", "ANSI_QUOTES," + operand};
  if (condition.comparison == "=") return {operand, number ? text(*number + 1) : "other"};
  if (condition.comparison == "!=") return {number ? text(*number + 1) : "other", operand};
  REQUIRE(number);
  const std::string below = text(*number - 1), above = text(*number + 1), at = text(*number);
  if (condition.comparison == "<=") return {at, above};
  if (condition.comparison == ">=") return {at, below};
  if (condition.comparison == "<") return {below, at};
  CHECK(condition.comparison == ">");
  return {above, at};
}

bool fires(const VariableCheck& check, const Settings& settings, std::string_view engine) {
  for (const auto& found : judgeVariables(settings, engine))
    if (found.finding.id == check.id) {
      CHECK(found.variable == check.conditions[0].variable);
      CHECK(found.finding.severity == check.severity);
      CHECK(found.finding.evidence.size() == 2 * check.conditions.size());
      CHECK(found.finding.citation.url.starts_with("https://"));
      CHECK(found.finding.title.find('{') == std::string::npos);
      CHECK(found.finding.message.find('{') == std::string::npos);
      return true;
    }
  return false;
}

}  // namespace

TEST_CASE("every check fires on a bad value, and is silent on a good one or none", "[variables]") {
  std::set<std::string_view> engines;
  for (const VariableCheck& check : variableChecks()) {
    INFO(check.id);
    CHECK(rag::findDocument(check.document));
    CHECK_FALSE(check.title.empty());
    CHECK_FALSE(check.says.ends_with('.'));
    CHECK_FALSE(check.advice.ends_with('.'));
    REQUIRE_FALSE(check.conditions.empty());
    REQUIRE_FALSE(check.engines.empty());
    for (const std::string_view engine : check.engines) {
      engines.insert(engine);
      CHECK(findEngine(engine) != nullptr);
      Settings bad;
      for (const Condition& condition : check.conditions)
        bad.push_back(setting(condition.variable, examplesOf(condition).first));
      CHECK(fires(check, bad, engine));
      CHECK_FALSE(fires(check, {}, engine));
      for (std::size_t i = 0; i < bad.size(); ++i) {
        Settings good = bad;
        good[i].value = examplesOf(check.conditions[i]).second;
        CHECK_FALSE(fires(check, good, engine));
        Settings hidden = bad;
        hidden.erase(hidden.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK_FALSE(fires(check, hidden, engine));
      }
    }
  }
  for (const Engine* engine : mydba::engines()) CHECK(engines.contains(engine->descriptor().id));
}

TEST_CASE("values are judged in the units that the server counts them in", "[variables]") {
  const auto ids = [](const Settings& settings, std::string_view engine) {
    std::vector<std::string> found;
    for (const auto& one : judgeVariables(settings, engine)) found.push_back(one.finding.id);
    return found;
  };
  using Ids = std::vector<std::string>;
  CHECK(ids({setting("shared_buffers", "16384", "8kB")}, "postgres") ==
        Ids{"shared-buffers-small"});
  CHECK(ids({setting("shared_buffers", "16385", "8kB")}, "postgres").empty());
  CHECK(ids({setting("innodb_buffer_pool_size", "134217728", "B")}, "mariadb") ==
        Ids{"buffer-pool-small"});
  CHECK(ids({setting("innodb_buffer_pool_size", "134217728", "B")}, "postgres").empty());
  CHECK(ids({setting("slow_query_log", "ON"), setting("long_query_time", "10.000000", "s")},
            "mysql") == Ids{"long-query-time-high"});
  CHECK(ids({setting("sql_mode", "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES")}, "mysql").empty());
  CHECK(ids({setting("sql_mode", "")}, "mysql") == Ids{"sql-mode-not-strict"});
  CHECK(ids({setting("fsync", "off"), setting("work_mem", "4096", "kB"),
             setting("shared_buffers", "1024", "8kB")},
            "postgres") == Ids{"fsync-off", "shared-buffers-small", "work-mem-small"});
  const auto found =
      judgeVariables(Settings{setting("shared_buffers", "16384", "8kB")}, "postgres");
  CHECK(found[0].finding.title == "shared_buffers is only 128 MB");
}

TEST_CASE("values are readable", "[variables]") {
  for (const auto& [value, unit, wanted] :
       std::vector<std::tuple<std::string, std::string, std::string>>{
           {"16384", "8kB", "128 MB"},
           {"64", "16MB", "1 GB"},
           {"1536", "kB", "1.5 MB"},
           {"0", "8kB", "0"},
           {"-1", "ms", "-1"},
           {"300", "s", "5 min"},
           {"10.000000", "s", "10 s"},
           {"500", "ms", "500 ms"},
           {"250", "us", "250 us"},
           {"2000", "pages", "2000 pages"},
           {"9223372036854775807", "B", "8388608 TB"},
           {"on", "", "on"},
           {"off", "kB", "off"}})
    CHECK(readable(value, unit) == wanted);
  CHECK(quantity("10s") == 10'000.0);
  CHECK(quantity("128MB") == quantity("16384", "8kB"));
  CHECK_FALSE(quantity("1 2"));
  CHECK_FALSE(quantity("4x"));
  CHECK_FALSE(quantity(""));
}
