#include <algorithm>

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

struct Tables : LiveDatabase {
  explicit Tables(Connection& connection) : LiveDatabase(connection, "mydba_plan") {
    must(connection,
         {"CREATE TABLE t (id INT PRIMARY KEY, v INT, KEY(v)) ENGINE=InnoDB",
          "CREATE TABLE m (id INT PRIMARY KEY, v INT) ENGINE=MyISAM",
          "CREATE TABLE trig (id INT PRIMARY KEY) ENGINE=InnoDB",
          "CREATE TRIGGER tr BEFORE DELETE ON trig FOR EACH ROW INSERT INTO m VALUES (9, 9)",
          "INSERT INTO t VALUES (1,1),(2,2),(3,3)", "INSERT INTO m VALUES (1,1)",
          "INSERT INTO trig VALUES (1)"});
  }
};

TEST_CASE("mysql: plans of live servers, planned and measured") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
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

TEST_CASE("mysql: a plan comes with what the server knows of its tables and of earlier runs") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    must(*connection,
         {"CREATE TABLE p (id INT, taken INT, word VARCHAR(9), PRIMARY KEY (id, taken), KEY w "
          "(word)) "
          "PARTITION BY RANGE (taken) (PARTITION p0 VALUES LESS THAN (9), PARTITION p1 VALUES LESS "
          "THAN MAXVALUE)",
          "INSERT INTO p VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')", "ANALYZE TABLE t, p",
          "SELECT x.word FROM p AS x WHERE x.word = 5"});
    const auto tree = explained(*connection, "SELECT x.word FROM p AS x WHERE x.word = 5", false);
    REQUIRE(tree.relations);
    REQUIRE(tree.relations->size() == 1);
    const auto& facts = tree.relations->front();
    CHECK(mentionsTable(tree.root, facts.name));
    CHECK(facts.schema == "mydba_plan");
    CHECK(facts.rows.value_or(0) > 0);
    CHECK(facts.bytes.value_or(0) > 0);
    CHECK(facts.partitions == 2);
    CHECK(facts.partitionKey == std::vector<std::string>{"taken"});
    REQUIRE(facts.indexes->size() == 2);
    const auto primary = std::find_if(facts.indexes->begin(), facts.indexes->end(),
                                      [](const auto& index) { return index.unique == true; });
    REQUIRE(primary != facts.indexes->end());
    CHECK(primary->columns == std::vector<std::string>{"id", "taken"});
    REQUIRE(tree.notices);
    REQUIRE_FALSE(tree.notices->empty());
    CHECK(tree.notices->front().starts_with("Cannot use "));
    // A table without partitions has the date of its statistics in one row.
    const auto plain = explained(*connection, "SELECT * FROM t", false);
    REQUIRE(plain.relations->size() == 1);
    CHECK(plain.relations->front().analyzedAt.value_or("").ends_with("Z"));
    if (connection->server().engine == "mariadb") continue;
    REQUIRE(tree.statistics);
    CHECK(tree.statistics->calls.value_or(0) >= 1);
    const auto digest =
        explained(*connection, "SELECT `x` . `word` FROM `p` AS `x` WHERE `x` . `word` = ?", false);
    REQUIRE(digest.statistics);
    CHECK(digest.statistics->calls == tree.statistics->calls);
  }
}

TEST_CASE("mysql: measuring never leaves a change behind") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
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
    const Tables tables(*connection);
    must(*connection, {"START TRANSACTION", "UPDATE t SET v = 100 WHERE id = 1"});
    explained(*connection, "SELECT * FROM t", true);
    CHECK(single(*connection, "SELECT v FROM t WHERE id = 1") == "100");
    must(*connection, {"ROLLBACK"});
    CHECK(single(*connection, "SELECT v FROM t WHERE id = 1") == "1");
  }
}

TEST_CASE("mysql: a digest is planned with samples, which never run") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    const auto* digest = "SELECT * FROM t WHERE v IN (...) AND id > ? LIMIT ?";
    const auto tree = explained(*connection, digest, false);
    CHECK(tree.sql == digest);
    CHECK(tree.values == protocol::PlanValues::sampled);
    CHECK(mentionsTable(tree.root, "t"));
    const auto refused = connection->explainer()->explain(unchecked(digest), true, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::refused);
    CHECK_FALSE(explained(*connection, "SELECT '?' FROM t", false).values);
  }
}

const std::string* filterOf(const protocol::PlanNode& node) {
  if (node.filter) return &*node.filter;
  for (const auto& child : node.children)
    if (const auto* filter = filterOf(child)) return filter;
  return nullptr;
}

TEST_CASE("mysql: literals with quotes, backslashes and bytes do not break a plan") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Tables tables(*connection);
    must(*connection,
         {"CREATE TABLE w (a VARCHAR(20), b VARBINARY(20))", "INSERT INTO w VALUES ('x', 'y')"});
    for (const auto* literal : {R"('it''s')", R"('a"b')", R"('c\\d')", R"('\"')", R"('l\ni\tn\0e')",
                                R"('", "')", R"(X'FF00FE')", R"(X'22')"}) {
      CAPTURE(literal);
      const auto sql = "SELECT * FROM w WHERE a <> 'first' AND b <> " + std::string(literal);
      for (const bool analyze : {false, true}) {
        const auto tree = explained(*connection, sql, analyze);
        const auto* filter = filterOf(tree.root);
        REQUIRE(filter);
        CHECK(filter->find("first") != std::string::npos);
      }
    }
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
