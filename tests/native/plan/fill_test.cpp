#include "plan/fill.h"

#include "native/catch.h"

using namespace mydba;

namespace {

std::string fill(const char* dialect, std::string_view sql) {
  return plan::fillPlaceholders(sql, *sql::findDialect(dialect)).sql;
}

}  // namespace

TEST_CASE("placeholders of every spelling get a value that suits what stands around them") {
  CHECK(fill("mysql", "SELECT * FROM t WHERE id = ? AND name LIKE ? LIMIT ?, ?") ==
        "SELECT * FROM t WHERE id = 1 AND name LIKE 'a%' LIMIT 10, 10");
  CHECK(fill("postgres", "SELECT $1::date, $2::int[] FROM t WHERE a = $3 LIMIT $4 OFFSET $5") ==
        "SELECT '2000-01-01'::date, '{1}'::int[] FROM t WHERE a = '1' LIMIT 10 OFFSET 10");
  CHECK(fill("sqlite", "SELECT * FROM t WHERE created_at > :from AND x = @y AND z = ?1") ==
        "SELECT * FROM t WHERE created_at > '2000-01-01' AND x = 1 AND z = 1");
}

TEST_CASE("columns before and behind, BETWEEN, IN and ANY tell the kind of value") {
  CHECK(fill("postgres", "SELECT 1 FROM t WHERE t.born BETWEEN $1 AND $2 AND $3 < updated_at") ==
        "SELECT 1 FROM t WHERE t.born BETWEEN '2000-01-01' AND '2000-01-01' AND '2000-01-01' < "
        "updated_at");
  CHECK(fill("postgres", "SELECT 1 FROM t WHERE day NOT IN ($1, $2) AND id = ANY($3)") ==
        "SELECT 1 FROM t WHERE day NOT IN ('2000-01-01', '2000-01-01') AND id = ANY('{1}')");
  CHECK(fill("postgres", "SELECT now() - interval $1, CAST($2 AS uuid)") ==
        "SELECT now() - interval '1 day', CAST('00000000-0000-0000-0000-000000000000' AS uuid)");
  CHECK(fill("mysql", "SELECT now() - INTERVAL ? DAY") == "SELECT now() - INTERVAL 1 DAY");
}

TEST_CASE("what digests leave of lists is filled, with as many values as columns") {
  CHECK(fill("mysql", "SELECT * FROM `t` WHERE `id` IN (...) AND `day` IN (...)") ==
        "SELECT * FROM `t` WHERE `id` IN (1) AND `day` IN ('2000-01-01')");
  CHECK(fill("mysql", "INSERT INTO `t` ( `id` , `name` , `created_at` ) VALUES (...) ") ==
        "INSERT INTO `t` ( `id` , `name` , `created_at` ) VALUES (1, 'a', '2000-01-01') ");
  CHECK(fill("mysql", "INSERT INTO t (id, born) VALUES (?, ?), (?, ?)") ==
        "INSERT INTO t (id, born) VALUES (1, '2000-01-01'), (1, '2000-01-01')");
  CHECK(fill("mysql", "SELECT * FROM t LIMIT ?, ...") == "SELECT * FROM t LIMIT 10, 10");
  CHECK(fill("mysql", "SELECT SUM( IF ( `a` > ?, ... ) ) , IF ( `a` , `b` , ?, ... ) FROM `t`") ==
        "SELECT SUM( IF ( `a` > 1, 1, 1 ) ) , IF ( `a` , `b` , 1, 1 ) FROM `t`");
  CHECK(fill("mysql", "SELECT GROUP_CONCAT( `a` SEPARATOR ? ) FROM `t`") ==
        "SELECT GROUP_CONCAT( `a` SEPARATOR 'a' ) FROM `t`");
}

TEST_CASE("what is no placeholder stays, and placeholders are counted") {
  const char* text = "SELECT '?', \"?\", a ->> 'b' /* ? */ FROM t; SELECT $$?$$, $1";
  const auto filled = plan::fillPlaceholders(text, *sql::findDialect("postgres"));
  CHECK(filled.sql == "SELECT '?', \"?\", a ->> 'b' /* ? */ FROM t; SELECT $$?$$, '1'");
  CHECK(filled.parameters == 1);
  CHECK(plan::fillPlaceholders("GET ?", *sql::findDialect("redis")).parameters == 0);
  CHECK(plan::fillPlaceholders("", *sql::findDialect("mysql")).sql.empty());
}
