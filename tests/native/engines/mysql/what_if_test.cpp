// What a what-if leaves on a server, in every way that it can end, and what it refuses.

#include <thread>

#include "base/wait.h"
#include "engines/mysql/what_if_text.h"
#include "native/engines/mysql/live.h"
#include "native/guard/unchecked.h"
#include "plan/walk.h"
#include "sql/splitter.h"

namespace mydba::test {
namespace {

using protocol::WhatIfMethod;

constexpr std::string_view leftDatabases =
    "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'mydba|_whatif|_%' "
    "ESCAPE '|'";
constexpr std::string_view indexes =
    "SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = 'mydba_try'";

struct Tables {
  explicit Tables(Connection& connection)
      : other(connection, "mydba_try2"), own(connection, "mydba_try") {
    must(connection,
         {"CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v INT, s VARCHAR(20) DEFAULT 'x', "
          "KEY present (s))",
          "INSERT INTO t (v) VALUES (1), (2), (3), (4), (5), (6), (7), (8)"});
    for (int i = 0; i < 9; ++i) must(connection, {"INSERT INTO t (v) SELECT v + id FROM t"});
    must(connection,
         {"CREATE TABLE mydba_try2.u LIKE t", "INSERT INTO mydba_try2.u SELECT * FROM t",
          "CREATE VIEW w AS SELECT * FROM t", "ANALYZE TABLE t, mydba_try2.u",
          "CREATE FUNCTION try_double(i INT) RETURNS INT DETERMINISTIC RETURN 2 * i"});
  }

  LiveDatabase other, own;
};

sql::IndexWish wishOf(Connection& connection, std::string_view text) {
  auto wish = sql::readIndexWish(text, dialectOf(connection));
  if (!wish) FAIL(text << ": " << wish.error().message);
  return std::move(*wish);
}

Result<WhatIfPlans> foretell(Connection& connection, std::string_view sql, std::string_view index,
                             WhatIfMethod method = WhatIfMethod::copy, CancelToken cancel = {}) {
  const auto wish = wishOf(connection, index);
  return connection.whatIf()->plan(unchecked(sql), std::span(&wish, 1), method, cancel);
}

bool uses(const protocol::PlanTree& tree, std::string_view index) {
  bool found = false;
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    found = found || node.index == index;
  });
  return found;
}

std::vector<WhatIfMethod> methods(const Connection& connection) {
  if (connection.server().engine == "mariadb") return {WhatIfMethod::copy};
  return {WhatIfMethod::copy, WhatIfMethod::invisible};
}

TEST_CASE("mysql: what-if finds an index, keeps the open transaction and leaves nothing") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server), watcher = connectTo(server);
    const Tables tables(*connection);
    const auto before = single(*watcher, indexes);
    for (const auto method : methods(*connection)) {
      // A plain read in a transaction would lock the table against the index that is built.
      must(*connection, {"START TRANSACTION"});
      if (method == WhatIfMethod::copy) must(*connection, {"UPDATE t SET v = -1 WHERE id = 1"});
      const auto plans =
          foretell(*connection, "SELECT * FROM t WHERE v = 5", "CREATE INDEX tv ON t (v)", method);
      if (!plans) FAIL(plans.error().message);
      CHECK_FALSE(uses(plans->before, "tv"));
      CHECK(uses(plans->after, "tv"));
      CHECK(plans->after.sql == "SELECT * FROM t WHERE v = 5");
      CHECK(plans->after.raw.find("mydba_whatif") == std::string::npos);
      REQUIRE(plans->indexes.size() == 1);
      CHECK(plans->indexes[0].bytes.value_or(0) > 0);
      CHECK(single(*connection, "SELECT DATABASE()") == "mydba_try");
      must(*connection, {"ROLLBACK"});
      CHECK(single(*watcher, "SELECT v FROM mydba_try.t WHERE id = 1") == "1");
      CHECK(single(*watcher, leftDatabases) == "0");
      CHECK(single(*watcher, indexes) == before);
    }
  }
}

TEST_CASE("mysql: what-if follows names of other databases and finds functions") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    const auto plans =
        foretell(*connection,
                 "SELECT try_double(t.v), `mydba_try2` . u.id FROM mydba_try.t JOIN mydba_try2.u "
                 "ON u.v = t.id WHERE mydba_try.t.id = 3 /* mydba_try.t */",
                 "CREATE INDEX uv ON mydba_try2.u (v) COMMENT 'for joins'");
    if (!plans) FAIL(plans.error().message);
    CHECK(uses(plans->after, "uv"));
    CHECK(plans->after.raw.find("mydba_whatif") == std::string::npos);
  }
}

TEST_CASE("mysql: what-if writes names with quotes back into its plans") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const LiveDatabase database(*connection, "`mydba_\"try\\`");
    must(*connection, {"CREATE TABLE t (id INT PRIMARY KEY, v INT)",
                       "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)"});
    for (const auto method : methods(*connection)) {
      const auto plans = foretell(*connection, "SELECT id FROM t WHERE v = 5",
                                  "CREATE INDEX `t\"v\\` ON t (v)", method);
      if (!plans) FAIL(plans.error().message);
      CHECK(uses(plans->after, "t\"v\\"));
    }
  }
}

TEST_CASE("mysql: what-if says what it cannot do") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server), watcher = connectTo(server);
    const Tables tables(*connection);
    const auto refused = [&](std::string_view sql, std::string_view index) {
      const auto plans = foretell(*connection, sql, index);
      REQUIRE_FALSE(plans);
      CHECK(plans.error().message.find("mydba_whatif") == std::string::npos);
      CHECK(single(*watcher, leftDatabases) == "0");
      return plans.error();
    };
    CHECK(refused("SELECT * FROM w WHERE v = 1", "CREATE INDEX i ON w (v)").code ==
          ErrorCode::unsupported);
    CHECK(refused("SELECT * FROM mysql.db, t", "CREATE INDEX i ON t (v)").code ==
          ErrorCode::unsupported);
    CHECK(refused("SELECT * FROM t", "CREATE INDEX i ON mydba_try2.u (v)").code ==
          ErrorCode::invalidParams);
    CHECK(refused("SELECT * FROM t", "CREATE INDEX present ON t (v)").engineCode == "1061");
    CHECK(refused("SELECT * FROM t", "CREATE INDEX i ON t (nothing)").engineCode == "1072");
    const auto wrong = refused("SELECT nothing FROM t", "CREATE INDEX i ON t (v)");
    CHECK(wrong.engineCode == "1054");
  }
}

TEST_CASE("mysql: an invisible index is not unique, and does not wait for others") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server), other = connectTo(server);
    if (methods(*connection).size() == 1) continue;
    const Tables tables(*connection);
    const auto unique = foretell(*connection, "SELECT * FROM t", "CREATE UNIQUE INDEX i ON t (v)",
                                 WhatIfMethod::invisible);
    REQUIRE_FALSE(unique);
    CHECK(unique.error().code == ErrorCode::unsupported);
    must(*other, {"START TRANSACTION", "SELECT * FROM mydba_try.t LIMIT 1"});
    const auto start = Clock::now();
    const auto locked = foretell(*connection, "SELECT * FROM t", "CREATE INDEX i ON t (v)",
                                 WhatIfMethod::invisible);
    REQUIRE_FALSE(locked);
    CHECK(locked.error().engineCode == "1205");
    CHECK(Clock::now() - start < std::chrono::seconds(8));
    must(*other, {"ROLLBACK"});
    CHECK(single(*other, indexes) == "2");
  }
}

/// Waits for a session that runs what a what-if runs, and gives its id.
std::string untilWorking(Connection& watcher) {
  const auto deadline = Clock::now() + std::chrono::seconds(20);
  while (Clock::now() < deadline) {
    const auto found = must(watcher, {"SELECT ID FROM information_schema.PROCESSLIST WHERE INFO "
                                      "LIKE 'INSERT INTO `mydba|_whatif%' ESCAPE '|'"});
    if (!found.sets[0].rows.empty()) return found.sets[0].rows[0][0].value_or("");
    std::this_thread::yield();
  }
  FAIL("no what-if was seen at work");
  return {};
}

TEST_CASE("mysql: what-if leaves nothing when it is cancelled or its connection is killed") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server), watcher = connectTo(server);
    const Tables tables(*connection);
    for (int i = 0; i < 5; ++i) must(*connection, {"INSERT INTO t (v) SELECT v FROM t"});
    for (const bool kill : {false, true}) {
      CancelSource source;
      std::optional<Result<WhatIfPlans>> plans;
      std::thread work([&] {
        plans = foretell(*connection, "SELECT * FROM t WHERE v = 5", "CREATE INDEX tv ON t (v)",
                         WhatIfMethod::copy, source.token());
      });
      const auto id = untilWorking(*watcher);
      if (kill) {
        Collected ignored;
        static_cast<void>(watcher->run(unchecked("KILL " + id), ignored, {}));
      } else {
        source.cancel(CancelReason::user);
      }
      work.join();
      REQUIRE(plans);
      REQUIRE_FALSE(*plans);
      if (!kill) CHECK(plans->error().code == ErrorCode::cancelled);
      CHECK(single(*watcher, leftDatabases) == "0");
      CHECK(connection->alive());
    }
  }
}

TEST_CASE("mysql: what-if names the privilege that is missing, and the fix fixes it") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto owner = connectTo(server);
    const Tables tables(*owner);
    must(*owner,
         {"DROP USER IF EXISTS mydba_small", "CREATE USER mydba_small IDENTIFIED BY 'Sm4ll-enough'",
          "GRANT SELECT ON mydba_try.* TO mydba_small"});
    LiveServer small = server;
    small.profile.user = "mydba_small";
    const auto connect = [&] {
      auto connection =
          findEngine(small.profile.engine)
              ->connect(small.profile,
                        [](protocol::SecretKind) -> Result<std::optional<std::string>> {
                          return std::optional<std::string>("Sm4ll-enough");
                        },
                        {});
      if (!connection) FAIL(connection.error().message);
      must(**connection, {"USE mydba_try"});
      return std::move(*connection);
    };
    // Each GRANT in turn: the databases, then the statistics.
    for (int i = 0; i < 2; ++i) {
      const auto ways = connect()->whatIf()->ways({});
      REQUIRE(ways);
      INFO(ways->at(0).unavailable.value_or("available"));
      REQUIRE(ways->at(0).fix);
      for (const auto range : sql::split(*ways->at(0).fix, dialectOf(*owner)))
        must(*owner,
             {std::string_view(*ways->at(0).fix).substr(range.start, range.end - range.start)});
    }
    const auto connection = connect();
    CHECK_FALSE(connection->whatIf()->ways({})->at(0).unavailable);
    const auto plans =
        foretell(*connection, "SELECT * FROM t WHERE v = 5", "CREATE INDEX tv ON t (v)");
    if (!plans) FAIL(plans.error().message);
    CHECK(uses(plans->after, "tv"));
    must(*owner, {"DROP USER mydba_small"});
  }
}

TEST_CASE("mysql: what a killed helper left is named, not dropped") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    const std::string old = "mydba_whatif_5f000000_12345678",
                      young = "mydba_whatif_ff000000_12345678";
    must(*connection, {"CREATE DATABASE " + old, "CREATE DATABASE " + young});
    const auto plans =
        foretell(*connection, "SELECT * FROM t WHERE v = 5", "CREATE INDEX tv ON t (v)");
    if (!plans) FAIL(plans.error().message);
    REQUIRE(plans->notices.size() == 1);
    CHECK(plans->notices[0].find("DROP DATABASE `" + old + '`') != std::string::npos);
    CHECK(single(*connection, leftDatabases) == "2");
    must(*connection, {"DROP DATABASE " + old, "DROP DATABASE " + young});
  }
}

TEST_CASE("mysql: a read-only connection has no way that writes") {
  for (auto server : liveServers()) {
    INFO(server.variable);
    server.profile.readOnly = true;
    const auto ways = connectTo(server)->whatIf()->ways({});
    REQUIRE(ways);
    for (const auto& way : *ways) CHECK(way.unavailable);
  }
}

TEST_CASE("mysql: names in a statement are put elsewhere by its tokens alone") {
  const auto& dialect = *sql::findDialect("mysql");
  const auto moved = [&](std::string_view text) {
    return mysql::retargeted(text, sql::readStatement(text, dialect), dialect, {{"a", "x`y"}},
                             {.database = "a", .names = {"f"}});
  };
  CHECK(moved("SELECT a.t.c, a.c, 'a.t' FROM a.t, b.t, t AS a -- a.t") ==
        "SELECT `x``y`.t.c, a.c, 'a.t' FROM `x``y`.t, b.t, t AS a -- a.t");
  CHECK(moved("UPDATE `a` . `t` SET c = f(1), d = a.f(2), e = `f` WHERE F (3)") ==
        "UPDATE `x``y` . `t` SET c = `a`.f(1), d = a.f(2), e = `f` WHERE `a`.F (3)");
  CHECK(moved("SELECT 1") == "SELECT 1");
}

TEST_CASE("mysql: an index is written anew from its columns") {
  const auto& dialect = *sql::findDialect("mysql");
  const auto parts = [&](std::string_view text) -> Result<mysql::IndexParts> {
    const auto wish = sql::readIndexWish(text, dialect);
    if (!wish) return wish.error();
    return mysql::partsOf(*wish, dialect);
  };
  const auto read =
      parts("create unique index `i``j` using btree on d.t (a(3), (lower(b)) desc) comment '('");
  REQUIRE(read);
  CHECK(mysql::createIndex(*read, "n", "`t`", " INVISIBLE") ==
        "CREATE UNIQUE INDEX `n` ON `t` (a(3), (lower(b)) desc) INVISIBLE");
  CHECK_FALSE(parts("CREATE INDEX i ON t (a /*!80000 , b */)"));
}

}  // namespace
}  // namespace mydba::test
