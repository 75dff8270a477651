// Rules that rest on what MySQL and MariaDB say beside the plan: counters, remarks, indexes.

#include "native/catch.h"
#include "native/plan/made_plan.h"
#include "plan/spans.h"

using namespace mydba;
using namespace mydba::plan::made;
using protocol::Severity;

namespace {

PlanTree mysql(PlanNode root) {
  PlanTree plan = tree(std::move(root));
  plan.engine = "mysql";
  plan.relations.emplace(1);
  plan.relations->front().name = "orders";
  plan.relations->front().indexes = {{.name = "by_customer", .columns = {"customer", "status"}}};
  return plan;
}

/// A read through `by_customer` whose second column is only tested.
PlanNode read(double rows, double kept, const char* filter) {
  PlanNode scan = node("Index range scan", PlanCategory::indexScan);
  scan.relation = "orders";
  scan.index = "by_customer";
  scan.filter = filter;
  scan.estimatedRead = rows;
  scan.estimatedRows = kept;
  scan.extra.push_back({"used_key_parts", "customer"});
  return scan;
}

PlanTree counted(protocol::StatementStatistics statistics) {
  PlanTree plan = mysql(node("Query block", PlanCategory::other));
  plan.statistics = std::move(statistics);
  return plan;
}

}  // namespace

TEST_CASE("index-prefix-only: half of a thousand rows tested for a later column", "[plan]") {
  const char* filter = "((`orders`.`status` = 'new') and (`orders`.`customer` between 1 and 9))";
  const auto found = of(mysql(read(1000, 500, filter)), "index-prefix-only");
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == protocol::Confidence::likely);
  CHECK(firstSql(found) ==
        "CREATE INDEX `orders_status_customer_idx` ON `orders` (`status`, `customer`)");
  CHECK_FALSE(fires(mysql(read(999, 400, filter)), "index-prefix-only"));
  CHECK_FALSE(fires(mysql(read(1000, 501, filter)), "index-prefix-only"));
  // Of another table, and of no column of the index.
  CHECK_FALSE(fires(mysql(read(1000, 1, "(`c`.`status` = 'new')")), "index-prefix-only"));
  CHECK_FALSE(fires(mysql(read(1000, 1, "(`orders`.`total` = 1)")), "index-prefix-only"));
  PlanNode whole = read(1000, 1, filter);
  whole.extra[0].value = "customer, status";
  CHECK_FALSE(fires(mysql(whole), "index-prefix-only"));
}

TEST_CASE("runs-without-index: half of five runs that read a thousand rows", "[plan]") {
  protocol::StatementStatistics all{.calls = 6, .rowsExamined = 6000, .withoutIndex = 3};
  CHECK(idsIn(counted(all)) == Ids{"runs-without-index"});
  all.rowsExamined = 5999;
  CHECK(idsIn(counted(all)).empty());
  all.rowsExamined = 6000;
  all.withoutIndex = 2;
  CHECK(idsIn(counted(all)).empty());
  all.withoutGoodIndex = 1;
  CHECK(idsIn(counted(all)) == Ids{"runs-without-index"});
  CHECK(idsIn(counted({.calls = 4, .rowsExamined = 4000, .withoutIndex = 4})).empty());
}

TEST_CASE("runs-examine-many: a thousand rows for each that is sent", "[plan]") {
  protocol::StatementStatistics all{.calls = 5, .rowsExamined = 10000, .rowsSent = 10};
  CHECK(idsIn(counted(all)) == Ids{"runs-examine-many"});
  PlanTree sum = counted(all);
  sum.root.category = PlanCategory::aggregate;
  CHECK(idsIn(sum).empty());
  all.rowsSent = 11;
  CHECK(idsIn(counted(all)).empty());
  CHECK(idsIn(counted({.calls = 5, .rowsExamined = 4999, .rowsSent = 1})).empty());
}

TEST_CASE("temporary-tables-on-disk: one for two runs", "[plan]") {
  CHECK(idsIn(counted({.calls = 6, .diskTemporaryTables = 3})) == Ids{"temporary-tables-on-disk"});
  CHECK(idsIn(counted({.calls = 6, .diskTemporaryTables = 2})).empty());
  CHECK(idsIn(counted({.calls = 4, .diskTemporaryTables = 4})).empty());
}

TEST_CASE("value-converted: at the table whose index the server names", "[plan]") {
  PlanNode scan = node("Table scan", PlanCategory::scan);
  scan.relation = "orders";
  scan.estimatedRead = 1000;
  PlanTree plan = mysql(scan);
  plan.notices.emplace();
  for (const char* access : {"ref", "range"})
    plan.notices->push_back("Cannot use " + std::string(access) +
                            " access on index 'by_customer' due to type or collation "
                            "conversion on field 'customer'");
  CHECK(of(plan, "value-converted").size() == 1);
  plan.notices->push_back("Cannot use key `by_customer` part[0] for lookup");
  CHECK(of(plan, "value-converted").size() == 1);
  plan.root.estimatedRead = 999;
  CHECK_FALSE(fires(plan, "value-converted"));
  plan.root.estimatedRead = 1000;
  plan.notices = {{"Cannot use ref access on index 'another' due to 'by_customer_2'"}};
  CHECK_FALSE(fires(plan, "value-converted"));
}

TEST_CASE("correlated-subquery: ten thousand rows planned for a hundred outside", "[plan]") {
  PlanNode outside = node("Index range scan", PlanCategory::indexScan);
  outside.estimatedRows = 100;
  PlanNode table = node("Index lookup", PlanCategory::lookup);
  table.relation = "orders";
  table.estimatedRead = 10000;
  PlanNode subquery = node("Subquery", PlanCategory::subquery, {table});
  subquery.role = protocol::PlanRole::subplan;
  subquery.extra.push_back({"dependent", "true"});
  PlanNode root = node("Query block", PlanCategory::other, {outside, subquery});
  CHECK(of(mysql(root), "correlated-subquery").size() == 1);
  root.children[1].children[0].estimatedRead = 9999;
  CHECK_FALSE(fires(mysql(root), "correlated-subquery"));
  root.children[1].children[0].estimatedRead = 10000;
  root.children[0].estimatedRows = 99;
  CHECK_FALSE(fires(mysql(root), "correlated-subquery"));
  root.children[0].estimatedRows = 100;
  root.children[1].extra[0].value = "false";
  CHECK_FALSE(fires(mysql(root), "correlated-subquery"));
}

TEST_CASE("facts of a table are of its own schema", "[plan]") {
  PlanNode current = node("Table scan", PlanCategory::scan);
  current.relation = "orders";
  current.extra.push_back({"schema_name", "shop"});
  PlanNode old = current;
  old.extra[0].value = "archive";
  PlanNode unknown = node("Table scan", PlanCategory::scan);
  unknown.relation = "orders";
  PlanTree plan = tree(node("Join", PlanCategory::join, {current, old, unknown}));
  plan.relations = {{.name = "orders", .schema = "shop", .rows = 1},
                    {.name = "orders", .schema = "archive", .rows = 2}};
  const mydba::plan::Grading grading(plan);
  REQUIRE(grading.relationOf(plan.root.children[0]));
  CHECK(grading.relationOf(plan.root.children[0])->rows == 1);
  REQUIRE(grading.relationOf(plan.root.children[1]));
  CHECK(grading.relationOf(plan.root.children[1])->rows == 2);
  CHECK_FALSE(grading.relationOf(plan.root.children[2]));
  // The only one there is may be it, unless the plan says that it lives elsewhere.
  plan.relations->pop_back();
  const mydba::plan::Grading fewer(plan);
  CHECK(fewer.relationOf(plan.root.children[2]));
  CHECK_FALSE(fewer.relationOf(plan.root.children[1]));
}

TEST_CASE("the statement says whose table an alias is", "[plan]") {
  PlanNode current = node("Seq Scan", PlanCategory::scan);
  current.relation = "orders";
  current.alias = "n";
  PlanNode old = current;
  old.alias = "o";
  PlanTree plan = tree(node("Join", PlanCategory::join, {current, old}));
  plan.sql = "SELECT * FROM orders n, archive.orders AS o";
  plan.relations = {{.name = "orders", .schema = "public", .rows = 1},
                    {.name = "orders", .schema = "archive", .rows = 2}};
  mydba::plan::locate(plan);
  const mydba::plan::Grading grading(plan);
  // Where a name without a schema is found is not said.
  CHECK_FALSE(grading.relationOf(plan.root.children[0]));
  REQUIRE(grading.relationOf(plan.root.children[1]));
  CHECK(grading.relationOf(plan.root.children[1])->rows == 2);
  plan.relations->front().schema = "archive";
  plan.relations->pop_back();
  CHECK(mydba::plan::Grading(plan).relationOf(plan.root.children[0]));
  plan.relations->front().schema = "public";
  CHECK_FALSE(mydba::plan::Grading(plan).relationOf(plan.root.children[1]));
}

TEST_CASE("close-index-choice: another index for a tenth more, with a thousand rows", "[plan]") {
  PlanNode scan = node("Index range scan", PlanCategory::indexScan);
  scan.relation = "orders";
  scan.index = "by_customer";
  scan.estimatedRead = 1000;
  scan.estimatedRows = 1000;
  scan.weighed = {{.name = "range of by_customer", .cost = 100, .rows = 1000, .chosen = true},
                  {.name = "range of by_day", .cost = 110, .rows = 900, .chosen = false},
                  {.name = "table scan", .cost = 900, .rows = 9000, .chosen = false}};
  const auto weighed = [&](auto&& change) {
    PlanNode changed = scan;
    change(changed);
    return of(mysql(changed), "close-index-choice");
  };
  const auto found = weighed([](PlanNode&) {});
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::info);
  CHECK(found[0].confidence == protocol::Confidence::likely);
  CHECK(found[0].message.find("range of by_day 110.00, only 10 % more") != std::string::npos);
  CHECK(firstSql(found) == "ANALYZE TABLE `orders`");
  CHECK(weighed([](PlanNode& n) { n.weighed->at(1).cost = 110.2; }).empty());
  // Too few rows; no cost; the same index in another way; cheaper, so that it lost for another
  // reason.
  CHECK(weighed([](PlanNode& n) {
          n.estimatedRead = 999;
          n.weighed->at(0).rows = 999;
        }).empty());
  CHECK(weighed([](PlanNode& n) { n.weighed->at(1).cost.reset(); }).empty());
  CHECK(weighed([](PlanNode& n) { n.weighed->at(1).name = "ref by_customer"; }).empty());
  CHECK(weighed([](PlanNode& n) { n.weighed->at(1).cost = 99; }).empty());
  CHECK(weighed([](PlanNode& n) { n.weighed.reset(); }).empty());
  // Measured: the estimate was right, or it was not.
  const auto right = weighed([](PlanNode& n) { n.actualRows = 1900; });
  REQUIRE(right.size() == 1);
  CHECK(right[0].confidence == protocol::Confidence::possible);
  const auto wrong = weighed([](PlanNode& n) { n.actualRows = 5000; });
  REQUIRE(wrong.size() == 1);
  CHECK(wrong[0].severity == Severity::warning);
  CHECK(wrong[0].confidence == protocol::Confidence::likely);
}
