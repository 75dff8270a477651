#include "engines/saved_plans.h"

#include "native/catch.h"

using namespace mydba;

namespace {

std::vector<protocol::PlanTree> plansOf(std::string_view text) {
  auto plans = savedPlans(text, {});
  if (!plans) FAIL(plans.error().message);
  return *plans;
}

constexpr std::string_view json =
    R"({"query_block": {"select_id": 1, "cost_info": {"query_cost": "1.00"}, "table": {)"
    R"("table_name": "a", "access_type": "ALL", "rows_examined_per_scan": 3,)"
    R"( "attached_condition": "x = '}\"'"}}})";

}  // namespace

TEST_CASE("mysql: a plan is found in what clients put around it", "[plan]") {
  const std::string plain(json);
  for (const std::string& text :
       {plain, "EXPLAIN\n" + plain + "\n",
        "*************************** 1. row ***************************\nEXPLAIN: " + plain +
            "\n1 row in set (0.00 sec)\n",
        "+----+\n| EXPLAIN |\n+----+\n| " + plain + " |\n+----+\n"}) {
    INFO(text);
    const auto plans = plansOf(text);
    REQUIRE(plans.size() == 1);
    CHECK(plans[0].engine == "mysql");
    CHECK(plans[0].root.children.at(0).filter == "x = '}\"'");
    CHECK(plans[0].raw == plain);
  }
}

TEST_CASE("mysql: a tree is read from one line of batch mode, and two of a paste", "[plan]") {
  const auto batch = plansOf(
      "EXPLAIN\n-> Filter: (a.x = '\\\\')  (cost=1 rows=2)\\n    -> Table scan on a  (cost=1 "
      "rows=3)\\n\n");
  REQUIRE(batch.size() == 1);
  CHECK(batch[0].root.filter == "(a.x = '\\')");
  CHECK(batch[0].root.children.at(0).relation == "a");
  const auto two = plansOf(
      "| -> Table scan on a  (cost=1 rows=3)\n |\n+---+\n1 row in set (0.00 sec)\n\n"
      "| -> Table scan on b  (cost=1 rows=3)\n |\n+---+\n");
  REQUIRE(two.size() == 2);
  CHECK(two[1].root.relation == "b");
}

TEST_CASE("mysql: the rows of the classic EXPLAIN are a flat plan", "[plan]") {
  const auto plans = plansOf(
      "id\tselect_type\ttable\tpartitions\ttype\tpossible_keys\tkey\tkey_len\tref\trows\tfiltered\t"
      "Extra\n"
      "1\tSIMPLE\tc\tNULL\tALL\tNULL\tNULL\tNULL\tNULL\t100\t10.00\tUsing where; Using filesort\n"
      "1\tSIMPLE\to\tNULL\tref\tk\tk\t4\tshop.c.id\t7\t100.00\tUsing index\n");
  REQUIRE(plans.size() == 1);
  CHECK(plans[0].format == protocol::PlanFormat::rows);
  const auto& sort = plans[0].root.children.at(0);
  CHECK(sort.category == protocol::PlanCategory::sort);
  const auto& join = sort.children.at(0);
  REQUIRE(join.children.size() == 2);
  CHECK(join.children[0].estimatedRows == Approx(10));
  CHECK(join.children[1].operation == "Covering index lookup");
  CHECK(join.children[1].estimatedRows == Approx(70));
  CHECK(join.children[1].estimatedRead == Approx(70));
}

TEST_CASE("mariadb: plans of the slow query log keep their statements and times", "[plan]") {
  const auto plans = plansOf(
      "# Query_time: 0.5  Lock_time: 0  Rows_sent: 2  Rows_examined: 9\n#\n"
      "# explain: id\tselect_type\ttable\ttype\tpossible_keys\tkey\tkey_len\tref\trows\tr_rows\t"
      "filtered\tr_filtered\tExtra\n"
      "# explain: 1\tSIMPLE\tc\tALL\tNULL\tNULL\tNULL\tNULL\t250\t200.00\t100.00\t50.00\tUsing "
      "where\n"
      "#\nSET timestamp=1;\nSELECT *\nFROM c WHERE x;\n"
      "# User@Host: a[a] @ b []\n# Query_time: 0.1\nSET timestamp=2;\nSELECT 1;\n");
  REQUIRE(plans.size() == 1);
  CHECK(plans[0].engine == "mariadb");
  CHECK(plans[0].sql == "SELECT *\nFROM c WHERE x");
  CHECK(plans[0].executionMs == 500);
  CHECK(plans[0].analyzed);
  const auto& scan = plans[0].root.children.at(0);
  CHECK(scan.actualRead == 200);
  CHECK(scan.actualRows == 100);
}

TEST_CASE("mysql: text with parts of a plan is no plan, and never ends the process", "[plan]") {
  for (const std::string& text :
       {std::string("{\"query_block\""), std::string("id\tselect_type\n"), std::string("{{{{{{"),
        std::string("# explain: \n"), std::string(100000, '{')})
    for (const char* engine : {"mysql", "mariadb"})
      CHECK_FALSE(savedPlans(text, {.engine = engine, .version = {}}));
}
