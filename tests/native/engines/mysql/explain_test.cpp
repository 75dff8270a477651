#include "native/engines/mysql/live.h"
#include "native/guard/unchecked.h"

namespace mydba::test {
namespace {

protocol::PlanTree explained(Connection& connection, std::string_view sql, bool analyze) {
  auto tree = connection.explainer()->explain(unchecked(sql), analyze, {});
  if (!tree) FAIL(sql << ": " << tree.error().message);
  return std::move(*tree);
}

bool mentionsTable(const protocol::PlanNode& node, const std::string& table) {
  if (node.relation == table) return true;
  for (const auto& child : node.children)
    if (mentionsTable(child, table)) return true;
  return false;
}

void makeTables(Connection& connection) {
  must(connection,
       {"DROP DATABASE IF EXISTS mydba_plan", "CREATE DATABASE mydba_plan", "USE mydba_plan",
        "CREATE TABLE t (id INT PRIMARY KEY, v INT, KEY(v)) ENGINE=InnoDB",
        "CREATE TABLE m (id INT PRIMARY KEY, v INT) ENGINE=MyISAM",
        "CREATE TABLE trig (id INT PRIMARY KEY) ENGINE=InnoDB",
        "CREATE TRIGGER tr BEFORE DELETE ON trig FOR EACH ROW INSERT INTO m VALUES (9, 9)",
        "INSERT INTO t VALUES (1,1),(2,2),(3,3)", "INSERT INTO m VALUES (1,1)",
        "INSERT INTO trig VALUES (1)"});
}

TEST_CASE("mysql: plans of live servers, planned and measured") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    makeTables(*connection);
    const auto* sql = "SELECT a.id FROM t a JOIN t b ON a.id = b.v WHERE a.v > 1 ORDER BY a.v DESC";
    const auto planned = explained(*connection, sql, false);
    CHECK(planned.engine == connection->server().engine);
    CHECK_FALSE(planned.analyzed);
    CHECK_FALSE(planned.raw.empty());
    CHECK(planned.sql == sql);
    const auto measured = explained(*connection, sql, true);
    CHECK(measured.analyzed);
    CHECK(measured.executionMs);
    CHECK(
        mentionsTable(explained(*connection, "UPDATE t SET v = 5 WHERE id < 3", false).root, "t"));
    CHECK(single(*connection, "SELECT SUM(v) FROM t") == "6");
  }
}

TEST_CASE("mysql: measuring never leaves a change behind") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    makeTables(*connection);
    auto& explainer = *connection->explainer();
    for (const auto* sql :
         {"UPDATE t SET v = v + 10", "DELETE FROM t WHERE id = 1", "INSERT INTO t VALUES (8, 8)",
          "DELETE t FROM t JOIN m ON m.id = t.id", "/* x */ REPLACE INTO t VALUES (1, 50)"}) {
      const auto ran = explainer.explain(unchecked(sql), true, {});
      if (!ran) CHECK(ran.error().code == ErrorCode::refused);
      CHECK(single(*connection, "SELECT SUM(v) FROM t") == "6");
    }
    if (connection->server().engine == "mariadb")
      CHECK(explainer.explain(unchecked("UPDATE t SET v = v + 10"), true, {}));
    for (const auto* sql :
         {"UPDATE m SET v = 7", "UPDATE t JOIN m ON m.id = t.id SET m.v = 7", "DELETE FROM trig",
          "DROP TABLE t", "CALL p()", "SELECT 1 INTO @x", "SET @x = 1"}) {
      const auto refused = explainer.explain(unchecked(sql), true, {});
      REQUIRE_FALSE(refused);
      CHECK(refused.error().code == ErrorCode::refused);
    }
    CHECK(single(*connection, "SELECT SUM(v) FROM m") == "1");
  }
}

TEST_CASE("mysql: measuring keeps the user's own transaction") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    makeTables(*connection);
    must(*connection, {"START TRANSACTION", "UPDATE t SET v = 100 WHERE id = 1"});
    explained(*connection, "SELECT * FROM t", true);
    CHECK(single(*connection, "SELECT v FROM t WHERE id = 1") == "100");
    must(*connection, {"ROLLBACK"});
    CHECK(single(*connection, "SELECT v FROM t WHERE id = 1") == "1");
  }
}

TEST_CASE("mysql: the position of an error is one in the user's text") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const std::string sql = "SELECT 1 FRM dual WHERE 1";
    const auto failed = connection->explainer()->explain(unchecked(sql), false, {});
    REQUIRE_FALSE(failed);
    REQUIRE(failed.error().position);
    CHECK(sql.substr(static_cast<std::size_t>(*failed.error().position)).starts_with("dual"));
  }
}

}  // namespace
}  // namespace mydba::test
