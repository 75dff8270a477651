// Profiles on live servers: what they hold, and that nothing of the run stays. That instruments are
// set back is proved with the whole program in tests/server/profile_instruments.test.mjs.

#include <algorithm>

#include "native/engines/mysql/live.h"

namespace mydba::test {
namespace {

bool isMariadb(Connection& connection) { return connection.server().engine == "mariadb"; }

struct Tables : LiveDatabase {
  explicit Tables(Connection& connection) : LiveDatabase(connection, "mydba_profile") {
    must(connection,
         {"CREATE TABLE t (id INT PRIMARY KEY, v INT, KEY(v)) ENGINE=InnoDB",
          "CREATE TABLE counted (id INT AUTO_INCREMENT PRIMARY KEY, v INT) ENGINE=InnoDB",
          "CREATE TABLE m (id INT PRIMARY KEY, v INT) ENGINE=MyISAM",
          "CREATE TABLE d (d INT PRIMARY KEY) ENGINE=InnoDB",
          "INSERT INTO d VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)",
          "INSERT INTO t SELECT a.d * 100 + b.d * 10 + c.d, c.d FROM d a, d b, d c",
          "INSERT INTO counted (v) SELECT d FROM d", "INSERT INTO m SELECT d, d FROM d",
          "CREATE FUNCTION writes() RETURNS INT DETERMINISTIC MODIFIES SQL DATA BEGIN INSERT INTO "
          "m VALUES (1000, 1); RETURN 1; END"});
    if (!isMariadb(connection)) return;
    must(connection, {"CREATE TABLE aria (id INT PRIMARY KEY, v INT) ENGINE=Aria",
                      "INSERT INTO aria VALUES (1, 1)", "CREATE SEQUENCE s",
                      "CREATE TABLE numbered (id INT DEFAULT NEXTVAL(s), v INT) ENGINE=InnoDB",
                      "CREATE VIEW moves AS SELECT NEXTVAL(s) AS n",
                      "CREATE FUNCTION next_s() RETURNS INT BEGIN RETURN NEXTVAL(s); END"});
  }
};

/// All that a run could leave behind.
std::string stateOf(Connection& connection) {
  std::string state;
  std::string names = "t, counted, m, d";
  if (isMariadb(connection)) names += ", aria, numbered";
  const auto sums = must(connection, {"CHECKSUM TABLE " + names});
  for (const auto& row : sums.sets.at(0).rows) state += row.at(1).value_or("NULL") + " ";
  const auto shown = must(connection, {"SHOW CREATE TABLE counted"}).sets.at(0).rows.at(0).at(1);
  const auto counter = shown->find("AUTO_INCREMENT=");
  state += counter == std::string::npos ? "none" : shown->substr(counter, 25);
  if (isMariadb(connection)) state += single(connection, "SELECT next_not_cached_value FROM s");
  return state;
}

Result<MeasuredRun> profiled(Connection& connection, std::string_view sql) {
  return connection.profiler()->profile(unchecked(sql), false, {});
}

const protocol::ProfileMetric* metric(const protocol::Profile& profile, std::string_view name) {
  const auto found = std::find_if(profile.metrics.begin(), profile.metrics.end(),
                                  [&](const auto& one) { return one.name == name; });
  return found == profile.metrics.end() ? nullptr : &*found;
}

TEST_CASE("mysql: a profile of a query has times, counters, plan and trace") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    const auto run =
        profiled(*connection, "SELECT COUNT(*) FROM t a JOIN d ON a.v = d.d WHERE a.id > 10");
    if (!run) FAIL(run.error().message);
    const auto& profile = run->profile;
    CHECK(profile.totals.totalMs > 0);
    CHECK(profile.totals.rows == 1);
    REQUIRE(profile.totals.serverMs);
    CHECK(*profile.totals.serverMs > 0);
    REQUIRE_FALSE(profile.stages.empty());
    double sum = 0;
    for (const auto& stage : profile.stages) {
      CHECK(stage.startMs >= 0);
      if (stage.level == 0) sum += stage.durationMs;
    }
    CHECK(sum <= profile.totals.totalMs * 1.2);
    const auto* reads =
        metric(profile, isMariadb(*connection) ? "Handler_read_key" : "Handler_read_next");
    REQUIRE(reads);
    CHECK(reads->value >= 10);
    REQUIRE(run->tree);
    CHECK(run->tree->analyzed);
    REQUIRE(profile.trace);
    CHECK_FALSE(profile.trace->steps.empty());
    CHECK(single(*connection, "SELECT @@SESSION.optimizer_trace LIKE 'enabled=off%'") == "1");
    CHECK(single(*connection, "SELECT @@SESSION.profiling") == "0");
  }
}

TEST_CASE("mysql: literals with quotes, backslashes and line breaks do not break a trace") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    must(*connection, {"CREATE TABLE words (id INT PRIMARY KEY, w VARCHAR(200), KEY (w))",
                       "INSERT INTO words SELECT id, CONCAT('w', v, id) FROM t"});
    for (const std::string literal : {R"('it''s')", R"("a\"b")", R"('c\\d')", R"('l\ni\tn')",
                                      R"('", "')", R"('"')", R"('\\')", R"('a": b')"}) {
      CAPTURE(literal);
      const auto run = profiled(
          *connection, "SELECT words.id FROM words JOIN d ON d.d = words.id WHERE w IN (" +
                           literal + ", 'w12', CONCAT(" + literal + ", '" + std::string(60, 'x') +
                           "')) OR w > " + literal + " AND w < 'b'");
      if (!run) FAIL(run.error().message);
      for (const auto& missing : run->profile.unavailable)
        if (missing.what == "Optimizer trace") FAIL_CHECK(missing.reason);
      REQUIRE(run->profile.trace);
      CHECK_FALSE(run->profile.trace->steps.empty());
    }
  }
}

TEST_CASE("mysql: what a profile asks for is no part of its counters") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    for (int round = 0; round < 2; ++round) {
      const auto run = profiled(*connection, "SELECT 1");
      REQUIRE(run);
      for (const auto& one : run->profile.metrics)
        if (!one.wide && one.unit == protocol::ProfileUnit::count && one.group != "Rows")
          FAIL_CHECK(one.name << " " << one.value);
    }
  }
}

TEST_CASE("mysql: the rows that a profile counts are those that were read") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    const auto run = profiled(*connection, "SELECT * FROM t WHERE v + 0 = 3");
    REQUIRE(run);
    CHECK(run->profile.totals.rows == 100);
    CHECK(run->profile.totals.rowsExamined == 1000);
    const auto* reads = metric(run->profile, "Handler_read_rnd_next");
    const auto* byIndex = metric(run->profile, "Handler_read_next");
    CHECK((reads ? reads->value : 0) + (byIndex ? byIndex->value : 0) >= 1000);
  }
}

TEST_CASE("mysql: profiles and measured plans leave rows, counters and sequences as they were") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    std::vector<std::string> runs = {"DELETE FROM t WHERE v = 1",
                                     "UPDATE t SET v = v + 1",
                                     "INSERT INTO t SELECT id + 10000, v FROM t",
                                     "REPLACE INTO t VALUES (1, 77)",
                                     "UPDATE counted SET v = 7",
                                     "DELETE FROM counted"};
    std::vector<std::string> refused = {"INSERT INTO counted (v) VALUES (1)",
                                        "INSERT INTO counted (v) SELECT v FROM t",
                                        "REPLACE INTO counted (v) VALUES (1)",
                                        "UPDATE counted SET `ID` = 5000 WHERE v = 1",
                                        "INSERT INTO m VALUES (100, 1)",
                                        "UPDATE m SET v = 3",
                                        "DELETE FROM m",
                                        "SELECT writes()",
                                        "SELECT * FROM t WHERE v = writes()",
                                        "UPDATE t SET v = writes()",
                                        "TRUNCATE t",
                                        "CALL p()"};
    if (isMariadb(*connection))
      for (const auto* sql :
           {"SELECT NEXTVAL(s)", "SELECT NEXT VALUE FOR s", "SELECT SETVAL(s, 1000)",
            "SELECT * FROM moves", "SELECT next_s()", "UPDATE t SET v = NEXT VALUE FOR s",
            "INSERT INTO numbered (v) VALUES (1)", "UPDATE numbered SET id = DEFAULT",
            "DELETE FROM aria", "UPDATE aria SET v = 2"})
        refused.emplace_back(sql);
    const auto before = stateOf(*connection);
    const auto stays = [&](const std::string& sql, bool expected) {
      INFO(sql);
      const auto run = profiled(*connection, sql);
      CHECK(static_cast<bool>(run) == expected);
      CHECK(stateOf(*connection) == before);
      const auto plan = connection->explainer()->explain(unchecked(sql), true, {});
      if (!expected) CHECK_FALSE(plan);
      CHECK(stateOf(*connection) == before);
      if (run && expected) CHECK(run->profile.totals.rowsAffected.value_or(0) > 0);
    };
    for (const auto& sql : runs) stays(sql, true);
    for (const auto& sql : refused) stays(sql, false);
  }
}

TEST_CASE("mysql: inside the user's transaction a profile runs nothing that could write") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    must(*connection, {"CREATE VIEW hides AS SELECT 1 AS x", "START TRANSACTION",
                       "UPDATE t SET v = 100 WHERE id = 1"});
    for (const auto* sql : {"SELECT writes()", "SELECT * FROM hides"}) {
      const auto run = profiled(*connection, sql);
      REQUIRE_FALSE(run);
      CHECK(run.error().code == ErrorCode::refused);
    }
    CHECK(profiled(*connection, "SELECT * FROM t WHERE id = 1"));
    CHECK(profiled(*connection, "DELETE FROM t WHERE id = 1"));
    CHECK(single(*connection, "SELECT v FROM t WHERE id = 1") == "100");
    must(*connection, {"ROLLBACK"});
    CHECK(single(*connection, "SELECT v FROM t WHERE id = 1") == "1");
  }
}

TEST_CASE("mysql: without consent nothing is switched on, and what is missing is named") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const auto settings = [&] {
      return single(
          *connection,
          "SELECT CONCAT((SELECT COUNT(*) FROM performance_schema.setup_instruments WHERE "
          "ENABLED = 'YES'), ' ', (SELECT COUNT(*) FROM performance_schema.setup_consumers "
          "WHERE ENABLED = 'YES'))");
    };
    const auto before = settings();
    const auto run = profiled(*connection, "SELECT SLEEP(0.05)");
    REQUIRE(run);
    CHECK(settings() == before);
    REQUIRE_FALSE(run->profile.unavailable.empty());
    const auto& stages = run->profile.unavailable.front();
    const auto fix = stages.fix.value_or("");
    CHECK(fix.starts_with("UPDATE performance_schema.setup_instruments"));
    CHECK(fix.find("statement/sql/%") != std::string::npos);
    CHECK(fix.ends_with(";\n"));
    CHECK(stages.canEnable == true);
    const auto& all = run->profile.stages;
    const auto sleep = std::find_if(all.begin(), all.end(),
                                    [](const auto& stage) { return stage.name == "User sleep"; });
    REQUIRE(sleep != all.end());
    CHECK(sleep->durationMs >= 49);
    CHECK(sleep->approximate == true);
  }
}

}  // namespace
}  // namespace mydba::test
