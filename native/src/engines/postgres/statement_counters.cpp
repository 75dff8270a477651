#include "engines/postgres/statement_counters.h"

#include <charconv>
#include <utility>

#include "engines/postgres/in_schema.h"
#include "engines/postgres/rolled_back.h"

namespace mydba::postgres {
namespace {

using protocol::ProfileUnit;
using protocol::Unavailable;

constexpr std::string_view countersName = "Statement counters";

Unavailable missing(std::string reason, std::optional<std::string> fix = {}) {
  return {.what = std::string(countersName), .reason = std::move(reason), .fix = std::move(fix)};
}

ProfileUnit unitOf(std::string_view counter) {
  if (counter.ends_with("_time")) return ProfileUnit::ms;
  return counter.ends_with("_bytes") ? ProfileUnit::bytes : ProfileUnit::count;
}

}  // namespace

Result<bool> trySetting(Session& session, const std::string& name, const std::string& value,
                        const CancelToken& cancel) {
  return tryStatement(session, "SELECT pg_catalog.set_config($1, $2, true)", {name, value}, cancel);
}

Result<bool> tryStatement(Session& session, std::string_view sql,
                          std::initializer_list<Argument> arguments, const CancelToken& cancel) {
  if (const auto saved = session.query("SAVEPOINT mydba_setting", {}, cancel); !saved)
    return saved.error();
  const auto done = session.query(sql, arguments, cancel);
  if (!done) {
    if (!session.alive() || cancel.cancelled()) return done.error();
    const auto back = session.cleanUp("ROLLBACK TO SAVEPOINT mydba_setting");
    if (!back) return back.error();
  }
  const auto released = session.cleanUp("RELEASE SAVEPOINT mydba_setting");
  if (!released) return released.error();
  return static_cast<bool>(done);
}

Unavailable lackOfLibrary(std::string what) {
  return {.what = std::move(what),
          .reason = "the library of pg_stat_statements is not loaded",
          .fix = "add pg_stat_statements to shared_preload_libraries and restart the server"};
}

std::optional<Unavailable> lackOfCounters(const Rows& facts, std::string what) {
  const auto fact = [&](const char* name) { return facts.text(0, facts.column(name)); };
  if (fact("counters_schema").empty())
    return Unavailable{
        .what = std::move(what),
        .reason = "the extension pg_stat_statements is not installed in this database",
        .fix = "CREATE EXTENSION pg_stat_statements"};
  if (fact("track").empty()) return lackOfLibrary(std::move(what));
  if (fact("query_ids") == "off")
    return Unavailable{.what = std::move(what),
                       .reason = "compute_query_id is off",
                       .fix = "ALTER SYSTEM SET compute_query_id = auto; SELECT pg_reload_conf()"};
  return std::nullopt;
}

Result<std::optional<Unavailable>> StatementCounters::enable(const Rows& facts,
                                                             const CancelToken& cancel) {
  const auto fact = [&](const char* name) { return facts.text(0, facts.column(name)); };
  if (auto lack = lackOfCounters(facts, std::string(countersName))) return lack;
  schema_ = fact("counters_schema");
  const auto track = fact("track");
  if (track == "all") return std::optional<Unavailable>();
  const auto set = trySetting(*session_, "pg_stat_statements.track", "all", cancel);
  if (!set) return set.error();
  if (*set) return std::optional<Unavailable>();
  const bool grants = PQserverVersion(session_->raw()) >= 150000;
  return std::optional(missing(
      "pg_stat_statements.track is " + track +
          ", which does not count what EXPLAIN runs, and this role may not change it for a run",
      grants ? "GRANT SET ON PARAMETER pg_stat_statements.track TO " + fact("role")
             : "ALTER SYSTEM SET pg_stat_statements.track = 'all'; SELECT pg_reload_conf()"));
}

Result<StatementCounters> StatementCounters::before(Session& session, PostgresExplainer& explainer,
                                                    const Rows& facts, std::string_view sql,
                                                    std::vector<Unavailable>& unavailable,
                                                    const CancelToken& cancel) {
  StatementCounters counters(session);
  auto lacking = counters.enable(facts, cancel);
  if (!lacking) return lacking.error();
  if (*lacking) {
    unavailable.push_back(std::move(**lacking));
    return counters;
  }
  const auto planned = explainer.ask("VERBOSE, FORMAT JSON", sql, cancel);
  if (!planned) return planned.error();
  const auto plan = explainer.treeOf(*planned, sql, false);
  if (!plan || !plan->queryId) {
    unavailable.push_back(missing("the server gives this statement no query id"));
    return counters;
  }
  counters.queryId_ = *plan->queryId;
  // This role may be kept from the extension's functions, or from their schema.
  auto values = rolledBack(session, Aside::writes, cancel, [&] { return counters.read(cancel); });
  if (values) {
    counters.values_ = std::move(*values);
  } else {
    if (!session.alive() || cancel.cancelled()) return values.error();
    unavailable.push_back(missing(values.error().message));
    counters.queryId_.clear();
  }
  return counters;
}

Result<StatementCounters::Values> StatementCounters::read(const CancelToken& cancel) {
  const auto rows = session_->query(inSchema("profile_counters", schema_), {queryId_}, cancel);
  if (!rows) return rows.error();
  Values values;
  for (int row = 0; row < rows->count(); ++row) {
    const auto text = rows->view(row, 1);
    std::from_chars(text.data(), text.data() + text.size(), values[rows->text(row, 0)]);
  }
  return values;
}

Result<void> StatementCounters::addMoved(std::vector<protocol::ProfileMetric>& metrics,
                                         const CancelToken& cancel) {
  if (queryId_.empty()) return {};
  const auto now = read(cancel);
  if (!now) return now.error();
  for (const auto& [name, value] : *now) {
    const double moved = value - values_[name];
    if (moved <= 0) continue;
    metrics.push_back({.name = name,
                       .group = "pg_stat_statements",
                       .unit = unitOf(name),
                       .value = moved,
                       .wide = true});
  }
  return {};
}

}  // namespace mydba::postgres
