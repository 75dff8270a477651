// The pure parts of looking ahead: facts on locks, counting, other ways.

#include <algorithm>
#include <string>
#include <string_view>

#include "guard/count_query.h"
#include "guard/locks.h"
#include "guard/online_ways.h"
#include "native/catch.h"

namespace mydba::guard {
namespace {

const sql::Dialect& dialectNamed(std::string_view name) { return *sql::findDialect(name); }

std::string counting(std::string_view text, std::string_view dialectName = "postgres") {
  const sql::Dialect& dialect = dialectNamed(dialectName);
  return countQuery(text, sql::readStatement(text, dialect), dialect).value_or("-");
}

}  // namespace

TEST_CASE("every fact on locks has a source and versions of its own", "[guard][foresight]") {
  for (const std::string_view name : {"mariadb", "mysql", "postgres", "sqlite"}) {
    const auto& entries = LockFacts::of(dialectNamed(name)).entries();
    CHECK(entries.size() > 5);
    for (const LockFact& fact : entries) {
      INFO(name << ": " << fact.operation);
      CHECK(fact.source.starts_with("https://"));
      CHECK_FALSE(fact.mode.empty());
      CHECK(fact.first < fact.next);
      const auto overlaps = std::count_if(entries.begin(), entries.end(), [&](const auto& other) {
        return other.operation == fact.operation && other.first < fact.next &&
               fact.first < other.next;
      });
      CHECK(overlaps == 1);
    }
  }
  CHECK(LockFacts::of(dialectNamed("redis")).entries().empty());
}

TEST_CASE("a fact is found by version and variant", "[guard][foresight]") {
  const auto& mysql = LockFacts::of(dialectNamed("mysql"));
  CHECK(mysql.find("drop_column", "", 80028)->mode == "INPLACE");
  CHECK(mysql.find("drop_column", "", 80029)->mode == "INSTANT");
  CHECK(mysql.find("add_column", "stored", 90000)->mode == "COPY");
  CHECK(mysql.find("add_column", "of no such kind", 90000)->mode == "INSTANT");
  CHECK(mysql.find("nothing", "", 90000) == nullptr);
  CHECK(LockFacts::of(dialectNamed("postgres")).find("truncate", "", 180000)->lockOf("t").mode ==
        "ACCESS EXCLUSIVE");
}

TEST_CASE("rows are counted in the statement's own words", "[guard][foresight]") {
  CHECK(counting("DELETE FROM ONLY t AS x WHERE x.a = 'it''s' RETURNING b") ==
        "SELECT count(*) FROM (SELECT 1 FROM ONLY t AS x WHERE x.a = 'it''s' LIMIT 1000001) AS "
        "mydba_count");
  CHECK(counting("UPDATE t SET a = 1") ==
        "SELECT count(*) FROM (SELECT 1 FROM t LIMIT 1000001) AS mydba_count");
  CHECK(counting("DELETE FROM t WHERE a ORDER BY b LIMIT 7", "mysql") ==
        "SELECT count(*) FROM (SELECT 1 FROM t WHERE a ORDER BY b LIMIT 7) AS mydba_count");
}

TEST_CASE("what is not proved to read is not counted", "[guard][foresight]") {
  for (const std::string_view text :
       {"DELETE FROM t WHERE id = nextval('s')", "DELETE FROM t WHERE my_function(id)",
        "DELETE FROM t WHERE pg_sleep(9) IS NULL", "DELETE FROM t WHERE id = 1 FOR UPDATE",
        "UPDATE t SET a = 1 WHERE lo_unlink(a) = 1"})
    CHECK(counting(text) == "-");
  CHECK(counting("DELETE FROM t WHERE SLEEP(1)", "mysql") == "-");
  CHECK(counting("DELETE FROM t WHERE (@a := id) > 1", "mysql") == "-");
  CHECK(counting("DELETE FROM t WHERE load_extension('x')", "sqlite") == "-");
}

TEST_CASE("a word of the shell stays one word", "[guard][foresight]") {
  CHECK(shellWord("a b") == "'a b'");
  CHECK(shellWord("$(reboot) `x` \"y\" \\") == "'$(reboot) `x` \"y\" \\'");
  CHECK(shellWord("it's; rm -rf /") == "'it'\\''s; rm -rf /'");
}

TEST_CASE("tools get the place, the table and the actions, and no password", "[guard][foresight]") {
  const auto ways = schemaChangeTools(
      {.host = "db", .port = 3307, .socket = "", .user = "me", .database = "shop"}, "or,ders",
      "ADD COLUMN a varchar(9) DEFAULT 'it''s'");
  REQUIRE(ways.size() == 2);
  CHECK(ways[0].shell);
  CHECK(ways[0].command ==
        "pt-online-schema-change --ask-pass --dry-run --alter='ADD COLUMN a varchar(9) DEFAULT "
        "'\\''it'\\'''\\''s'\\''' 'D=shop,t=or\\,ders,h=db,P=3307,u=me'");
  CHECK(ways[1].command ==
        "gh-ost --ask-pass --allow-on-master --database='shop' --table='or,ders' --host='db' "
        "--port=3307 --user='me' --alter='ADD COLUMN a varchar(9) DEFAULT "
        "'\\''it'\\'''\\''s'\\'''");
}

TEST_CASE("a word is written behind another one, not into a name", "[guard][foresight]") {
  CHECK(withWordBehind("create /* INDEX */ unique index \"INDEX\" on t (a)", "INDEX",
                       "CONCURRENTLY", dialectNamed("postgres")) ==
        "create /* INDEX */ unique index CONCURRENTLY \"INDEX\" on t (a)");
}

}  // namespace mydba::guard
