#include "sql/row_order.h"

#include "native/catch.h"

using mydba::sql::findDialect;
using mydba::sql::ordersRows;

TEST_CASE("a statement orders its rows only by an ORDER BY of its own", "[sql]") {
  const auto& postgres = *findDialect("postgres");
  CHECK(ordersRows("SELECT a FROM t ORDER BY a", postgres));
  CHECK(ordersRows("(SELECT a FROM t ORDER BY a)", postgres));
  CHECK(ordersRows("WITH c AS (SELECT 1) SELECT * FROM c order /* x */ by 1 LIMIT 3", postgres));
  CHECK(ordersRows("SELECT 1 UNION SELECT 2 ORDER BY 1", postgres));

  CHECK_FALSE(ordersRows("SELECT a FROM t", postgres));
  CHECK_FALSE(ordersRows("SELECT a FROM (SELECT a FROM t ORDER BY a) s", postgres));
  CHECK_FALSE(ordersRows("SELECT row_number() OVER (ORDER BY a) FROM t", postgres));
  CHECK_FALSE(ordersRows("SELECT string_agg(a, ',' ORDER BY a) FROM t", postgres));
  CHECK_FALSE(ordersRows("SELECT 'ORDER BY' FROM t -- ORDER BY a", postgres));
  CHECK_FALSE(ordersRows("", postgres));
}
