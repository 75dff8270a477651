#include "plan/condition_columns.h"

#include "native/catch.h"

using namespace mydba;
using plan::ConditionColumns;
using Names = std::vector<std::string>;

namespace {

ConditionColumns columns(std::string_view condition, const char* dialect = "postgres") {
  return plan::columnsOf(condition, *sql::findDialect(dialect), "orders", "o");
}

}  // namespace

TEST_CASE("columns compared with = come first in an index, then one range", "[plan]") {
  const auto found = columns(
      "((placed_at >= '2025-01-01'::timestamp without time zone) AND (id < 5) AND "
      "(status = ANY ('{new,paid}'::text[])) AND (deleted_at IS NULL) AND (NOT hidden))");
  CHECK(found.equal == Names{"status", "deleted_at", "hidden"});
  CHECK(found.range == Names{"placed_at", "id"});
  CHECK(found.forIndex() == Names{"status", "deleted_at", "hidden", "placed_at"});
}

TEST_CASE("either side of a comparison may be the column, of this table only", "[plan]") {
  CHECK(columns("(5 = o.id)").equal == Names{"id"});
  CHECK(columns("(c.id = o.customer_id)").equal == Names{"customer_id"});
  CHECK(columns("(c.id = 5)").equal.empty());
  CHECK(columns("(o.a = o.b)").equal.empty());
  CHECK(columns("(customer_id = $1)").equal == Names{"customer_id"});
  CHECK(columns("(total > (InitPlan 1).col1)").range == Names{"total"});
  CHECK(columns("(\"Strange \"\"name\" = 1)").equal == Names{"Strange \"name"});
}

TEST_CASE("what an index cannot narrow by is left out", "[plan]") {
  for (const char* condition :
       {"(status <> 'new'::text)", "((a = 1) OR (b = 2))", "(name ~~ '%x'::text)",
        "(a !~~ 'x'::text)", "(NOT (hashed SubPlan 1))", "(a IS NOT NULL)", "(point <@ box)",
        "(tags @> '{a}'::text[])", "", "(((", "(a = 'open", "a = 1; DROP TABLE orders"}) {
    CAPTURE(condition);
    CHECK(columns(condition).forIndex().empty());
    CHECK(columns(condition).wrapped.empty());
  }
  CHECK(columns("(name ~~ 'x%'::text)").range == Names{"name"});
}

TEST_CASE("functions and casts of a column are found, free casts are none", "[plan]") {
  const auto lower = columns("(lower(o.email) = 'a@b.c'::text)");
  REQUIRE(lower.wrapped.size() == 1);
  CHECK(lower.wrapped[0].column == "email");
  CHECK(lower.wrapped[0].expression == "lower(email)");
  CHECK_FALSE(lower.wrapped[0].cast);
  const auto year = columns("(EXTRACT(year FROM placed_at) = '2025'::numeric)");
  REQUIRE(year.wrapped.size() == 1);
  CHECK(year.wrapped[0].expression == "EXTRACT(year FROM placed_at)");
  const auto cast = columns("((id)::numeric = 5.5)");
  REQUIRE(cast.wrapped.size() == 1);
  CHECK(cast.wrapped[0].cast);
  CHECK(cast.wrapped[0].expression == "(id)::numeric");
  CHECK(columns("((code)::text = 'x'::text)").equal == Names{"code"});
  CHECK(columns("((code)::text > 'x'::text)").range == Names{"code"});
  CHECK(columns("(upper((code)::text) = 'X'::text)").wrapped[0].expression ==
        "upper((code)::text)");
  CHECK(columns("((a + b) = 5)").wrapped.empty());
}

TEST_CASE("conditions of other servers are read alike", "[plan]") {
  CHECK(
      columns("((`shop`.`orders`.`status` = 'new') and (`shop`.`orders`.`total` between 1 and 2))",
              "mysql")
          .forIndex() == Names{"status", "total"});
  CHECK(columns("(o.placed_at >= (now() - interval 1 day))", "mysql").range == Names{"placed_at"});
  CHECK(columns("o.`status` = 'new' and o.total > 5", "mariadb").forIndex() ==
        Names{"status", "total"});
}

TEST_CASE("deep and long conditions take linear time", "[plan]") {
  const std::string deep = std::string(100000, '(') + "a = 1" + std::string(100000, ')');
  CHECK(columns(deep).equal == Names{"a"});
  std::string nested = "(a = 1)";
  for (int i = 0; i < 2000; ++i) nested = "(" + nested + " AND (b = 2))";
  CHECK(columns(nested).equal == Names{"a", "b"});
}
