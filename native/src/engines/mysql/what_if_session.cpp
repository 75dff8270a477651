#include "engines/mysql/what_if_session.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <map>
#include <random>

#include "base/embedded.h"
#include "engines/mysql/dial.h"
#include "engines/mysql/explainer.h"
#include "engines/mysql/plan_json.h"
#include "engines/mysql/statement.h"
#include "plan/walk.h"

namespace mydba::mysql {
namespace {

constexpr std::chrono::seconds dialLimit{10};

/// By their beginnings. Where one does not exist on a server, it is not there to be copied.
constexpr std::array<std::string_view, 19> plannerSettings = {"optimizer_",
                                                              "join_",
                                                              "range_optimizer_",
                                                              "eq_range_index_dive_limit",
                                                              "sort_buffer_size",
                                                              "read_rnd_buffer_size",
                                                              "tmp_table_size",
                                                              "tmp_memory_table_size",
                                                              "max_seeks_for_key",
                                                              "max_heap_table_size",
                                                              "use_stat_tables",
                                                              "in_predicate_conversion_threshold",
                                                              "sql_mode",
                                                              "explain_json_format_version",
                                                              "time_zone",
                                                              "collation_connection",
                                                              "lc_time_names",
                                                              "default_week_format",
                                                              "div_precision_increment"};

bool decidesPlans(std::string_view name) {
  return !name.starts_with("optimizer_trace") &&
         std::any_of(plannerSettings.begin(), plannerSettings.end(),
                     [&](std::string_view start) { return name.starts_with(start); });
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// MariaDB before 11.0 has no costs in its plans, but tells that of the last one: 0 where it has
/// several parts ("Server Status Variables", MariaDB documentation).
Result<void> addCost(Session& own, protocol::PlanTree& tree, const CancelToken& cancel) {
  bool costed = false;
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    costed = costed || node.totalCost;
  });
  if (costed) return {};
  const auto status = own.query("SHOW SESSION STATUS LIKE 'Last_query_cost'", cancel);
  if (!status) return status.error();
  const double cost = status->empty() ? 0 : numberIn(status->front()[1]).value_or(0);
  if (cost > 0) tree.root.totalCost = cost;
  return {};
}

Result<std::unique_ptr<Session>> openTo(const Target& target, const CancelToken& cancel) {
  auto own = Session::connect(target, dialLimit, /*readOnly=*/false, cancel);
  if (!own) return own;
  // Sizes of tables as they are, not as they were a day ago; MariaDB has no such setting.
  static_cast<void>((*own)->query("SET SESSION information_schema_stats_expiry = 0", cancel));
  return own;
}

}  // namespace

Result<std::unique_ptr<Session>> openBeside(Session& user, const CancelToken& cancel) {
  auto current = user.database(cancel);
  if (!current) return current.error();
  Target target = user.interruptible().target;
  target.database = std::move(*current);
  return openTo(target, cancel);
}

Result<void> copyPlannerSettings(Session& user, Session& own, const CancelToken& cancel) {
  const auto theirs = user.query("SHOW SESSION VARIABLES", cancel);
  if (!theirs) return theirs.error();
  const auto ours = own.query("SHOW SESSION VARIABLES", cancel);
  if (!ours) return ours.error();
  std::map<std::string, std::string> present;
  for (const Row& row : *ours) present[row[0].value_or("")] = row[1].value_or("");
  for (const Row& row : *theirs) {
    const auto name = row[0].value_or("");
    const auto value = row[1].value_or("");
    const auto found = present.find(name);
    if (!decidesPlans(name) || found == present.end() || found->second == value) continue;
    const auto set = own.query("SET SESSION " + name + " = " + literal(value), cancel);
    if (!set) return set.error();
  }
  return {};
}

Result<bool> withoutReplicating(Session& own, const CancelToken& cancel) {
  const auto logs = own.query("SELECT @@log_bin", cancel);
  if (!logs) return logs.error();
  if (logs->at(0).at(0) == "0") return true;
  const auto off = own.query("SET SESSION sql_log_bin = 0", cancel);
  if (off) return true;
  if (!own.alive() || cancel.cancelled()) return off.error();
  return false;
}

Result<void> dropWith(Session& own, const std::function<Result<void>(Session&)>& drop) {
  auto dropped = drop(own);
  if (dropped || own.alive()) return dropped;
  const auto again = openTo(own.interruptible().target, {});
  if (!again) return dropped;
  if (const auto hidden = withoutReplicating(**again, {}); !hidden) return hidden.error();
  const auto set = (*again)->query("SET SESSION lock_wait_timeout = 1", {});
  return set ? drop(**again) : set.error();
}

Result<std::string> claimName(Session& own, const CancelToken& cancel) {
  const auto now = own.query("SELECT UNIX_TIMESTAMP()", cancel);
  if (!now) return now.error();
  std::uint32_t seconds = 0;
  const std::string digits = now->at(0).at(0).value_or("");
  std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  char name[40];
  std::snprintf(name, sizeof name, "mydba_whatif_%08" PRIx32 "_%08" PRIx32, seconds,
                static_cast<std::uint32_t>(std::random_device{}()));
  const auto locked = own.query("SELECT GET_LOCK(?, 0)", {name}, cancel);
  if (!locked) return locked.error();
  if (locked->at(0).at(0) != "1")
    return Error{.code = ErrorCode::server, .message = "no name for a scratch database was free"};
  return std::string(name);
}

Result<std::vector<std::string>> leftovers(Session& own, const CancelToken& cancel) {
  const auto found = own.query(embeddedSql("mysql", "what_if_leftovers"), cancel);
  if (!found) return found.error();
  std::vector<std::string> notices;
  for (const Row& row : *found)
    notices.push_back(
        "An earlier what-if that was cut off has left a database behind. DROP DATABASE " +
        mysql::quoteName(row[0].value_or("")) + " removes it.");
  return notices;
}

std::string withRealNames(std::string text, const Aliases& aliases) {
  for (const auto& [ours, theirs] : aliases) replaceAll(text, ours, theirs);
  return text;
}

Result<protocol::PlanTree> planAs(Session& own, std::string_view statement, std::string_view sent,
                                  const Aliases& aliases, const CancelToken& cancel) {
  auto tree = planOf(own, sent, cancel);
  if (!tree) {
    Error error = tree.error();
    error.message = withRealNames(std::move(error.message), aliases);
    if (sent != statement) error.position.reset();
    return error;
  }
  // Names of ours are nowhere else: they are random. Theirs may hold quotes.
  std::string raw = tree->raw;
  for (const auto& [ours, theirs] : aliases) {
    const auto inJson = PlanJson(theirs).dump(-1, ' ', false, PlanJson::error_handler_t::replace);
    replaceAll(raw, ours, std::string_view(inJson).substr(1, inJson.size() - 2));
  }
  auto named = own.flavour().readJson(raw);
  if (!named) return named.error();
  named->engine = std::move(tree->engine);
  named->version = std::move(tree->version);
  named->sql = statement;
  named->raw = std::move(raw);
  if (const auto costed = addCost(own, *named, cancel); !costed) return costed.error();
  return named;
}

Result<std::vector<TableFacts>> tablesOf(Session& own, const sql::Statement& statement,
                                         const std::string& database, const CancelToken& cancel) {
  std::vector<TableFacts> tables;
  for (const sql::TableUse& use : statement.tables) {
    const auto& schema = use.table.schema.empty() ? database : use.table.schema;
    const auto rows =
        own.query(embeddedSql("mysql", "what_if_table"), {schema, use.table.name}, cancel);
    if (!rows) return rows.error();
    if (rows->empty()) continue;
    const Row& row = rows->front();
    TableFacts facts{.database = row[0].value_or(""),
                     .name = row[1].value_or(""),
                     .type = row[2].value_or(""),
                     .engine = row[3].value_or(""),
                     .rows = numberIn(row[4]).value_or(0),
                     .bytes = numberIn(row[5]).value_or(0)};
    const bool known = std::any_of(tables.begin(), tables.end(), [&](const TableFacts& other) {
      return other.database == facts.database && other.name == facts.name;
    });
    if (!known) tables.push_back(std::move(facts));
  }
  return tables;
}

}  // namespace mydba::mysql
