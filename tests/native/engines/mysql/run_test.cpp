#include "native/engines/mysql/live.h"
#include "native/guard/unchecked.h"

namespace mydba::test {
namespace {

using Cells = std::vector<std::optional<std::string>>;

TEST_CASE("mysql: the server, not the URL, says what it is") {
  for (auto server : liveServers()) {
    for (const char* engine : {"mysql", "mariadb"}) {
      server.profile.engine = engine;
      const auto connection = connectTo(server);
      const auto& info = connection->server();
      const bool mariadb = info.version.find("MariaDB") != std::string::npos;
      CHECK(info.engine == (mariadb ? "mariadb" : "mysql"));
      CHECK(info.flavour == (mariadb ? "MariaDB" : "MySQL"));
      CHECK(info.versionNumber >= 90000);
      CHECK(connection->alive());
    }
  }
}

TEST_CASE("mysql: values of every kind arrive as text") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const auto result =
        must(*connection,
             {"SELECT 1 AS a, -2.50 AS b, NULL AS c, 'x' AS d, x'00FF' AS e, b'101' AS f, "
              "CAST('2024-02-29 01:02:03' AS DATETIME) AS g, '' AS h, 18446744073709551615 AS i, "
              "'<b>\xF0\x9F\x98\x80\xD7\xA9' AS `\"; DROP TABLE x; -- `"});
    const auto& set = result.sets.at(0);
    CHECK(set.rows.at(0)[0] == "1");
    CHECK(set.rows.at(0)[1] == "-2.50");
    CHECK(set.rows.at(0)[2] == std::nullopt);
    CHECK(set.rows.at(0)[4] == "0x00FF");
    CHECK(set.rows.at(0)[6] == "2024-02-29 01:02:03");
    CHECK(set.rows.at(0)[7] == "");
    CHECK(set.rows.at(0)[8] == "18446744073709551615");
    CHECK(set.rows.at(0)[9] == "<b>\xF0\x9F\x98\x80\xD7\xA9");
    CHECK(set.columns.at(9).name == "\"; DROP TABLE x; -- ");
    CHECK(set.columns.at(0).kind == protocol::ColumnKind::number);
    CHECK(set.columns.at(4).kind == protocol::ColumnKind::binary);
    CHECK(set.columns.at(6).kind == protocol::ColumnKind::time);
    CHECK(set.end->command == "SELECT");
  }
}

TEST_CASE("mysql: tables of every type, affected rows and warnings") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const LiveDatabase database(*connection, "mydba_run");
    must(*connection,
         {"CREATE TABLE t (i INT UNSIGNED, b BIT(10), v VARBINARY(10), x BLOB, t TEXT, j JSON, "
          "y YEAR, e ENUM('a','b'), g GEOMETRY, d DATE)"});
    const auto inserted = must(
        *connection,
        {"INSERT INTO t VALUES (7, b'1100000001', x'DEAD', x'', 'text', '{\"a\": 1}', 2024, 'b', "
         "ST_GeomFromText('POINT(1 2)'), '2024-01-01'), (NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,"
         "NULL,NULL)"});
    CHECK(inserted.sets.at(0).columns.empty());
    CHECK(inserted.sets.at(0).end->affected == 2);
    CHECK(inserted.sets.at(0).end->command == "INSERT");
    const auto read = must(*connection, {"SELECT * FROM t"});
    const auto& set = read.sets.at(0);
    const auto& row = set.rows.at(0);
    CHECK(set.columns.at(0).type == "int unsigned");
    CHECK(row[1] == "b'1100000001'");
    CHECK(row[2] == "0xDEAD");
    CHECK(row[3] == "0x");
    CHECK(row[4] == "text");
    CHECK(row[5] == "{\"a\": 1}");
    CHECK(set.columns.at(5).kind == protocol::ColumnKind::json);
    CHECK(set.columns.at(7).type == "enum");
    CHECK(row[8].value_or("").starts_with("0x"));
    CHECK(set.rows.at(1) == Cells(10, std::nullopt));
    const auto warned = must(*connection, {"SELECT CAST('12x' AS SIGNED)"});
    REQUIRE(warned.notices.size() == 1);
    CHECK(warned.notices[0].find("12x") != std::string::npos);
  }
}

TEST_CASE("mysql: several result sets of a CALL") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const LiveDatabase database(*connection, "mydba_call");
    must(*connection, {"CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 'a', 'b' UNION SELECT 'c', "
                       "NULL; END"});
    const auto result = must(*connection, {"CALL p()"});
    REQUIRE(result.sets.size() == 3);
    CHECK(result.sets[0].rows.size() == 1);
    CHECK(result.sets[1].rows.size() == 2);
    CHECK(result.sets[2].columns.empty());
    CHECK(single(*connection, "SELECT 5") == "5");
  }
}

TEST_CASE("mysql: errors carry number and position") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    Collected sink;
    const std::string sql = "SELECT 1,\n  2 FRM dual WHERE x = 'it''s'";
    const auto wrong = connection->run(unchecked(sql), sink, {});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == ErrorCode::syntax);
    CHECK(wrong.error().engineCode == "1064");
    REQUIRE(wrong.error().position);
    CHECK(sql.substr(static_cast<std::size_t>(*wrong.error().position)).starts_with("dual"));
    const auto missing = connection->run(unchecked("SELECT * FROM mysql.no_such_table"), sink, {});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().engineCode == "1146");
    const auto two = connection->run(unchecked("SELECT 1; SELECT 2"), sink, {});
    REQUIRE_FALSE(two);
    CHECK(two.error().code == ErrorCode::syntax);
    CHECK(connection->alive());
  }
}

TEST_CASE("mysql: a read-only profile cannot write") {
  for (auto server : liveServers()) {
    INFO(server.variable);
    const auto owner = connectTo(server);
    const LiveDatabase database(*owner, "mydba_ro");
    must(*owner, {"CREATE TABLE t (a INT)"});
    server.profile.readOnly = true;
    const auto connection = connectTo(server);
    Collected sink;
    const auto written = connection->run(unchecked("INSERT INTO mydba_ro.t VALUES (1)"), sink, {});
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::refused);
    CHECK(single(*connection, "SELECT COUNT(*) FROM mydba_ro.t") == "0");
  }
}

}  // namespace
}  // namespace mydba::test
