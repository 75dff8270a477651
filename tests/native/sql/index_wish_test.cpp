#include "sql/index_wish.h"

#include "native/catch.h"

namespace mydba::sql {
namespace {

Result<IndexWish> read(std::string_view text, std::string_view dialect) {
  return readIndexWish(text, *findDialect(dialect));
}

TEST_CASE("an index wish is one CREATE INDEX, with its table and name", "[sql]") {
  for (const auto* dialect : {"postgres", "mysql", "mariadb", "sqlite"}) {
    const auto wish = read("/* try */ CREATE UNIQUE INDEX i ON t (a, b);", dialect);
    REQUIRE(wish);
    CHECK(wish->text() == "CREATE UNIQUE INDEX i ON t (a, b)");
    CHECK(wish->table().name == "t");
    CHECK(wish->name() == "i");
  }
  const auto full = read(
      R"(CREATE INDEX CONCURRENTLY IF NOT EXISTS "I 1" ON ONLY s."T""x" USING btree (lower(a)) WHERE b > 0)",
      "postgres");
  REQUIRE(full);
  CHECK(full->name() == "I 1");
  CHECK(full->table().schema == "s");
  CHECK(full->table().name == "T\"x");
  const auto unnamed = read("CREATE INDEX ON t (a)", "postgres");
  REQUIRE(unnamed);
  CHECK(unnamed->name().empty());
  CHECK(unnamed->table().name == "t");
}

TEST_CASE("what is not one CREATE INDEX is no index wish", "[sql]") {
  for (const auto* text : {"", "SELECT 1", "DROP INDEX i", "CREATE TABLE t (a int)", "CREATE INDEX",
                           "CREATE INDEX i ON t (a", "CREATE INDEX i ON t (a); DROP TABLE t",
                           "ALTER TABLE t ADD INDEX (a)"})
    for (const auto* dialect : {"postgres", "mysql", "sqlite"}) {
      CAPTURE(text, dialect);
      const auto wish = read(text, dialect);
      REQUIRE_FALSE(wish);
      CHECK(wish.error().code == ErrorCode::invalidParams);
    }
  CHECK_FALSE(read("CREATE INDEX i ON t (a) /*!50000 ; DROP TABLE t */", "mysql"));
}

}  // namespace
}  // namespace mydba::sql
