#include <algorithm>
#include <array>
#include <cmath>
#include <thread>

#include "engines/postgres/profile_timeline.h"
#include "native/engines/postgres/live.h"
#include "native/plan/made_plan.h"

using namespace mydba;
using namespace mydba::test;

namespace {

constexpr std::array versions{"MYDBA_TEST_POSTGRES", "MYDBA_TEST_POSTGRES_14",
                              "MYDBA_TEST_POSTGRES_18"};

/// A connection with a table of numbers; null, loudly, without a server.
std::unique_ptr<Connection> prepared(const char* variable) {
  auto connection = connectionOf(variable);
  if (!connection) return nullptr;
  runOn(*connection,
        "CREATE TEMP TABLE nums AS SELECT i AS a, i % 100 AS b FROM generate_series(1, 30000) i");
  runOn(*connection, "ANALYZE nums");
  return connection;
}

bool lacks(const protocol::Profile& profile, std::string_view what) {
  return std::any_of(profile.unavailable.begin(), profile.unavailable.end(),
                     [&](const auto& part) { return part.what == what; });
}

const protocol::ProfileMetric* metricOf(const protocol::Profile& profile, std::string_view group,
                                        std::string_view name) {
  for (const auto& metric : profile.metrics)
    if (metric.group == group && metric.name == name) return &metric;
  return nullptr;
}

/// Every stage lies within one of the level above it.
void checkNesting(const protocol::Profile& profile) {
  constexpr double rounding = 0.001;
  for (const auto& stage : profile.stages) {
    INFO(stage.name << " at " << stage.startMs);
    CHECK(stage.startMs >= 0);
    CHECK(stage.durationMs >= 0);
    if (stage.level == 0) continue;
    CHECK(std::any_of(profile.stages.begin(), profile.stages.end(), [&](const auto& outer) {
      return outer.level == stage.level - 1 && outer.startMs <= stage.startMs + rounding &&
             stage.startMs + stage.durationMs <= outer.startMs + outer.durationMs + rounding;
    }));
  }
}

/// Until the second connection is gone.
void awaitNoWatcher(Connection& c) {
  for (int tries = 0; tries < 5000; ++tries)
    if (valueOf(c,
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '-- What the processes of "
                "a running profile%'") == "0")
      return;
  FAIL("the connection that looked at the run is still there");
}

}  // namespace

TEST_CASE("postgres: a hash table is made before it is probed", "[postgres][profile]") {
  for (const char* join : {"Hash Join", "Parallel Hash Join", "Parallel Hash Left Join"}) {
    INFO(join);
    auto probe = plan::made::node("Parallel Seq Scan", protocol::PlanCategory::scan);
    probe.role = protocol::PlanRole::outer;
    probe.totalMs = 6;
    auto table = plan::made::node("Hash", protocol::PlanCategory::materialize);
    table.role = protocol::PlanRole::inner;
    table.totalMs = 3;
    auto root = plan::made::node(join, protocol::PlanCategory::join, {probe, table});
    root.totalMs = 10;
    const auto stages = postgres::timelineOf(plan::made::tree(std::move(root)));
    REQUIRE(stages.size() == 4);
    CHECK(stages[2].name == "Hash");
    CHECK(stages[2].startMs == 0);
    CHECK(stages[3].startMs == 3);
  }
}

TEST_CASE("postgres: a profile says where the time went", "[postgres][profile]") {
  for (const char* variable : versions) {
    INFO(variable);
    const auto c = prepared(variable);
    if (!c) continue;
    runOn(*c, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    const auto run = c->profiler()->profile(
        unchecked("SELECT x.b, count(*) FROM nums x JOIN nums y USING (a) WHERE x.b > 10 AND "
                  "pg_sleep(0) IS NOT NULL GROUP BY x.b ORDER BY x.b"),
        false, {});
    REQUIRE(run);
    const auto& profile = run->profile;
    REQUIRE(run->tree);
    CHECK(run->tree->analyzed);
    CHECK(run->tree->relations);
    CHECK(profile.totals.rows == 89);
    CHECK(profile.totals.rowsExamined.value_or(0) >= 60000);
    CHECK_FALSE(profile.totals.rowsAffected);
    const double server = profile.totals.serverMs.value_or(0);
    CHECK(server > 1);
    CHECK(profile.totals.totalMs >= server);
    checkNesting(profile);
    const auto root = std::find_if(profile.stages.begin(), profile.stages.end(),
                                   [](const auto& stage) { return stage.nodeId == 0; });
    REQUIRE(root != profile.stages.end());
    CHECK(root->level == 1);
    CHECK_FALSE(root->approximate);
    CHECK(std::abs(root->durationMs - *run->tree->root.totalMs) < 0.01);
    CHECK(metricOf(profile, "Buffers", "local_blks_hit"));
    const auto* calls = metricOf(profile, "pg_stat_statements", "calls");
    REQUIRE(calls);
    CHECK(calls->value == 1);
    CHECK(calls->wide == true);
    CHECK(metricOf(profile, "pg_stat_statements", "rows")->value == 89);
    CHECK(valueOf(*c, "SHOW pg_stat_statements.track") == "top");
  }
}

TEST_CASE("postgres: waits are sampled while the statement runs", "[postgres][profile]") {
  for (const char* variable : versions) {
    INFO(variable);
    const auto c = prepared(variable);
    if (!c) continue;
    const auto run =
        c->profiler()->profile(unchecked("SELECT pg_sleep(0.6) FROM nums WHERE a = 1"), false, {});
    REQUIRE(run);
    REQUIRE_FALSE(run->profile.waits.empty());
    const auto slept =
        std::find_if(run->profile.waits.begin(), run->profile.waits.end(),
                     [](const auto& wait) { return wait.event == "Timeout / PgSleep"; });
    REQUIRE(slept != run->profile.waits.end());
    CHECK(slept->samples.value_or(0) >= 3);
    CHECK(slept->share > 0.8);
    double shares = 0;
    for (const auto& wait : run->profile.waits) shares += wait.share;
    CHECK(std::abs(shares - 1) < 1e-9);
    awaitNoWatcher(*c);
  }
}

TEST_CASE("postgres: a profile of a change is rolled back", "[postgres][profile]") {
  for (const char* variable : versions) {
    INFO(variable);
    const auto c = prepared(variable);
    if (!c) continue;
    runOn(*c, "CREATE TEMP TABLE told (n serial, a int)");
    constexpr auto sums = "SELECT concat(sum(a), count(*)) FROM nums";
    const auto before = valueOf(*c, sums);
    for (const char* open : {"", "BEGIN"}) {
      if (*open) runOn(*c, open);
      const auto run = c->profiler()->profile(unchecked("DELETE FROM nums WHERE b = 7"), false, {});
      REQUIRE(run);
      CHECK(run->profile.totals.rowsAffected == 300);
      CHECK_FALSE(run->profile.notices.empty());
      CHECK(valueOf(*c, sums) == before);
      const auto moves =
          c->profiler()->profile(unchecked("INSERT INTO told (a) SELECT a FROM nums"), false, {});
      REQUIRE_FALSE(moves);
      CHECK(moves.error().code == ErrorCode::refused);
      CHECK(valueOf(*c, "SELECT is_called FROM told_n_seq") == "f");
      const auto wrong = c->profiler()->profile(unchecked("SELECT nope FROM nums"), false, {});
      REQUIRE_FALSE(wrong);
      CHECK(wrong.error().position == 7);
      const auto failing =
          c->profiler()->profile(unchecked("SELECT 1 / (a - a) FROM nums"), false, {});
      REQUIRE_FALSE(failing);
      CHECK(failing.error().engineCode == "22012");
      CHECK(valueOf(*c, sums) == before);
      if (*open) runOn(*c, "COMMIT");
    }
    const auto placeholders =
        c->profiler()->profile(unchecked("SELECT a FROM nums WHERE a = $1"), false, {});
    REQUIRE_FALSE(placeholders);
    CHECK(placeholders.error().code == ErrorCode::invalidParams);
  }
}

TEST_CASE("postgres: rows that a change passes over are not counted", "[postgres][profile]") {
  struct Case {
    const char* sql;
    double affected;
    int since = 0;
  };
  constexpr std::array cases{
      Case{"INSERT INTO keyed SELECT a, b FROM nums WHERE a <= 30 ON CONFLICT DO NOTHING "
           "RETURNING (SELECT count(*) FROM nums n WHERE n.a = keyed.a)",
           20},
      Case{"INSERT INTO keyed SELECT a, b FROM nums WHERE a <= 30 ON CONFLICT (a) DO UPDATE SET "
           "b = 0 WHERE keyed.a > 4",
           26},
      Case{"WITH gone AS (DELETE FROM keyed RETURNING a) DELETE FROM nums USING gone WHERE nums.a "
           "= gone.a",
           20},
      Case{"MERGE INTO keyed USING nums ON nums.a = keyed.a WHEN MATCHED AND nums.a > 4 THEN "
           "UPDATE SET b = 0",
           6, 150000},
  };
  for (const char* variable : versions) {
    const auto c = prepared(variable);
    if (!c) continue;
    runOn(*c, "CREATE TEMP TABLE keyed (a int PRIMARY KEY, b int)");
    runOn(*c, "INSERT INTO keyed SELECT a, b FROM nums WHERE a <= 10");
    for (const auto& [sql, affected, since] : cases) {
      if (c->server().versionNumber < since) continue;
      INFO(variable << ": " << sql);
      const auto run = c->profiler()->profile(unchecked(sql), false, {});
      REQUIRE(run);
      CHECK(run->profile.totals.rowsAffected == affected);
    }
  }
}

TEST_CASE("postgres: a profile that waits for a lock can be cancelled", "[postgres][profile]") {
  const auto c = prepared("MYDBA_TEST_POSTGRES");
  if (!c) return;
  const auto other = connectTo(*postgresProfile());
  REQUIRE(other);
  // A transaction would show it the same processes again and again.
  const auto watch = connectTo(*postgresProfile());
  REQUIRE(watch);
  runOn(*c, "DROP TABLE IF EXISTS profile_locked");
  runOn(*c, "CREATE TABLE profile_locked AS SELECT 1 AS a");
  runOn(**other, "BEGIN");
  runOn(**other, "UPDATE profile_locked SET a = 2");
  CancelSource source;
  std::thread canceller([&] {
    CollectingSink sink;
    for (int tries = 0; tries < 5000 && sink.rows.empty(); ++tries) {
      sink = {};
      (void)(*watch)->run(unchecked("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                                    "AND query LIKE 'EXPLAIN (%profile_locked%'"),
                          sink, {});
    }
    source.cancel(CancelReason::user);
  });
  const auto run =
      c->profiler()->profile(unchecked("UPDATE profile_locked SET a = 3"), false, source.token());
  canceller.join();
  REQUIRE_FALSE(run);
  CHECK(run.error().code == ErrorCode::cancelled);
  runOn(**other, "ROLLBACK");
  CHECK(c->alive());
  CHECK(valueOf(*c, "SELECT a FROM profile_locked") == "1");
  runOn(*c, "DROP TABLE profile_locked");
  awaitNoWatcher(*c);
}

TEST_CASE("postgres: a profile says what it could not have", "[postgres][profile]") {
  for (const char* variable : versions) {
    INFO(variable);
    const auto c = prepared(variable);
    if (!c) continue;
    runOn(*c, "BEGIN");
    runOn(*c, "DROP EXTENSION IF EXISTS pg_stat_statements CASCADE");
    const auto bare = c->profiler()->profile(unchecked("SELECT count(*) FROM nums"), false, {});
    runOn(*c, "ROLLBACK");
    REQUIRE(bare);
    REQUIRE(lacks(bare->profile, "Statement counters"));
    CHECK(bare->profile.unavailable.front().fix == "CREATE EXTENSION pg_stat_statements");

    runOn(*c, "DROP SCHEMA IF EXISTS profile_hidden CASCADE");
    runOn(*c, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    runOn(*c, "DROP ROLE IF EXISTS profile_plain");
    runOn(*c, "CREATE ROLE profile_plain LOGIN PASSWORD '" + postgresPassword().value_or("") + "'");
    runOn(*c, "ALTER ROLE profile_plain SET track_io_timing = off");
    auto plain = *postgresProfile(variable);
    plain.user = "profile_plain";
    {
      const auto weak = connectTo(plain);
      REQUIRE(weak);
      const auto run = (*weak)->profiler()->profile(
          unchecked("SELECT pg_sleep(0.1), count(*) FROM pg_class"), false, {});
      REQUIRE(run);
      CHECK(lacks(run->profile, "Statement counters"));
      CHECK(lacks(run->profile, "I/O times"));
      CHECK_FALSE(run->profile.waits.empty());
      for (const auto& part : run->profile.unavailable) CHECK(part.fix);
    }
    runOn(*c, "DROP EXTENSION pg_stat_statements");
    runOn(*c, "CREATE SCHEMA profile_hidden");
    runOn(*c, "CREATE EXTENSION pg_stat_statements SCHEMA profile_hidden");
    runOn(*c, "ALTER ROLE profile_plain SET pg_stat_statements.track = 'all'");
    {
      const auto kept = connectTo(plain);
      REQUIRE(kept);
      const auto run =
          (*kept)->profiler()->profile(unchecked("SELECT count(*) FROM pg_class"), false, {});
      REQUIRE(run);
      CHECK(lacks(run->profile, "Statement counters"));
    }
    runOn(*c, "DROP SCHEMA profile_hidden CASCADE");
    runOn(*c, "CREATE EXTENSION pg_stat_statements");
    runOn(*c, "DROP ROLE profile_plain");

    auto reader = *postgresProfile(variable);
    reader.readOnly = true;
    const auto held = connectTo(reader);
    REQUIRE(held);
    CHECK((*held)->profiler()->profile(unchecked("SELECT count(*) FROM pg_class"), false, {}));
    const auto refused = (*held)->profiler()->profile(
        unchecked("UPDATE pg_database SET datname = datname WHERE false"), false, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().engineCode == "25006");
  }
}

namespace {

/// The session's own, put back after each run.
std::string settingsOf(Connection& c) {
  return valueOf(c,
                 "SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_settings "
                 "WHERE name LIKE 'auto_explain.%' OR name LIKE '%_min_messages'");
}

/// A statement that calls a function which runs two statements, of which one calls another that
/// runs one in a loop.
std::string nestedOn(Connection& c) {
  runOn(c,
        "CREATE FUNCTION pg_temp.inner_one(x int) RETURNS bigint LANGUAGE plpgsql AS $$ DECLARE "
        "n bigint; BEGIN FOR i IN 1..3 LOOP SELECT count(*) INTO n FROM nums WHERE b = x + i; "
        "END LOOP; RETURN n; END $$");
  runOn(c,
        "CREATE FUNCTION pg_temp.outer_one(x int) RETURNS bigint LANGUAGE plpgsql AS $$ DECLARE "
        "n bigint; m bigint; BEGIN SELECT sum(a) INTO n FROM nums WHERE a < x; SELECT "
        "pg_temp.inner_one(x) INTO m; RETURN n + m; END $$");
  return "SELECT pg_temp.outer_one(7)";
}

const protocol::ProfileStage* stageOf(const protocol::Profile& profile, std::string_view name) {
  for (const auto& stage : profile.stages)
    if (stage.kind == protocol::ProfileStageKind::command && stage.name.starts_with(name))
      return &stage;
  return nullptr;
}

std::string extraOf(const protocol::ProfileStage& stage, std::string_view name) {
  for (const auto& [key, value] : *stage.extra)
    if (key == name) return value;
  return {};
}

}  // namespace

TEST_CASE("postgres: statements in functions are told to who asks for them",
          "[postgres][profile]") {
  for (const char* variable : versions) {
    INFO(variable);
    const auto c = prepared(variable);
    if (!c) continue;
    const auto sql = nestedOn(*c);
    const auto settings = settingsOf(*c);
    const auto plain = c->profiler()->profile(unchecked(sql), false, {});
    REQUIRE(plain);
    CHECK_FALSE(stageOf(plain->profile, "SELECT"));
    REQUIRE(lacks(plain->profile, "Statements in functions"));
    CHECK(plain->profile.unavailable.back().canEnable == true);
    for (const char* open : {"", "BEGIN"}) {
      if (*open) runOn(*c, open);
      const auto run = c->profiler()->profile(unchecked(sql), true, {});
      REQUIRE(run);
      const auto& profile = run->profile;
      CHECK_FALSE(lacks(profile, "Statements in functions"));
      checkNesting(profile);
      const auto* sum = stageOf(profile, "SELECT sum(a) FROM nums");
      const auto* call = stageOf(profile, "SELECT pg_temp.inner_one(x)");
      const auto* loop = stageOf(profile, "SELECT count(*) FROM nums");
      REQUIRE((sum && call && loop));
      CHECK(sum->level == 2);
      CHECK(call->level == 2);
      CHECK(loop->level == 3);
      CHECK(sum->approximate == true);
      CHECK(extraOf(*sum, "runs") == "1");
      CHECK(extraOf(*loop, "runs") == "3");
      CHECK(extraOf(*loop, "called by").find("inner_one") != std::string::npos);
      CHECK(call->durationMs >= loop->durationMs);
      const auto step = std::find_if(profile.stages.begin(), profile.stages.end(), [&](auto& one) {
        return one.name == "Seq Scan on nums" && one.level > sum->level;
      });
      REQUIRE(step != profile.stages.end());
      CHECK_FALSE(step->nodeId);
      CHECK(settingsOf(*c) == settings);
      if (*open) runOn(*c, "COMMIT");
    }
    const auto failing = c->profiler()->profile(
        unchecked("SELECT pg_temp.outer_one(7) / (a - a) FROM nums"), true, {});
    REQUIRE_FALSE(failing);
    CHECK(failing.error().engineCode == "22012");
    CHECK(settingsOf(*c) == settings);
    const auto none = c->profiler()->profile(unchecked("SELECT count(*) FROM nums"), false, {});
    REQUIRE(none);
    CHECK_FALSE(lacks(none->profile, "Statements in functions"));
  }
}

TEST_CASE("postgres: statements in functions are bounded in number", "[postgres][profile]") {
  const auto c = prepared("MYDBA_TEST_POSTGRES_18");
  if (!c) return;
  std::string body;
  for (int i = 0; i < 60; ++i)
    body += "PERFORM a FROM nums WHERE a = " + std::to_string(i) + " LIMIT 1;\n";
  runOn(*c, "CREATE FUNCTION pg_temp.many() RETURNS int LANGUAGE plpgsql AS $$ BEGIN\n" + body +
                "RETURN 1; END $$");
  const auto run = c->profiler()->profile(unchecked("SELECT pg_temp.many()"), true, {});
  REQUIRE(run);
  const auto told = std::count_if(
      run->profile.stages.begin(), run->profile.stages.end(),
      [](const auto& stage) { return stage.kind == protocol::ProfileStageKind::command; });
  CHECK(told == 40);
  CHECK(run->profile.notices.back() == "20 more runs of statements in functions are not shown");
}

TEST_CASE("postgres: a role that may not use auto_explain is told why", "[postgres][profile]") {
  for (const char* variable : versions) {
    INFO(variable);
    const auto c = prepared(variable);
    if (!c) continue;
    runOn(*c, "DROP ROLE IF EXISTS nested_plain");
    runOn(*c, "CREATE ROLE nested_plain LOGIN PASSWORD '" + postgresPassword().value_or("") + "'");
    auto plain = *postgresProfile(variable);
    plain.user = "nested_plain";
    {
      const auto weak = connectTo(plain);
      REQUIRE(weak);
      runOn(**weak, "CREATE TEMP TABLE nums AS SELECT i AS a, i AS b FROM generate_series(1, 9) i");
      const auto sql = nestedOn(**weak);
      const auto run = (*weak)->profiler()->profile(unchecked(sql), true, {});
      REQUIRE(run);
      REQUIRE(lacks(run->profile, "Statements in functions"));
      const auto& part =
          *std::find_if(run->profile.unavailable.begin(), run->profile.unavailable.end(),
                        [](const auto& one) { return one.what == "Statements in functions"; });
      REQUIRE(part.fix);
      CHECK_FALSE(part.canEnable);
      if (c->server().versionNumber >= 150000) {
        runOn(*c, *part.fix);
        const auto may = (*weak)->profiler()->profile(unchecked(sql), true, {});
        REQUIRE(may);
        CHECK(stageOf(may->profile, "SELECT sum(a) FROM nums"));
        runOn(*c, "DROP OWNED BY nested_plain");
      }
      // A session that has ended still owns these until its process has tidied up.
      runOn(**weak, "DISCARD TEMP");
    }
    runOn(*c, "DROP ROLE nested_plain");
  }
}
