// Rules about one kind of step.

#include "native/catch.h"
#include "native/plan/made_plan.h"

using namespace mydba;
using namespace mydba::plan::made;
using protocol::Severity;

namespace {

PlanNode scanOf(const char* relation, double rows) {
  PlanNode made = node("Seq Scan", PlanCategory::scan);
  made.relation = relation;
  made.actualRows = rows;
  return made;
}

PlanNode role(PlanNode made, protocol::PlanRole role) {
  made.role = role;
  return made;
}

}  // namespace

TEST_CASE("heap-fetches: a tenth of the rows", "[plan]") {
  PlanNode scan = node("Index Only Scan", PlanCategory::indexOnlyScan);
  scan.relation = "orders";
  scan.actualRows = 10000;
  scan.extra = {{"Heap Fetches", "1000"}};
  const auto found = of(tree(scan), "heap-fetches");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::info);
  CHECK(firstSql(found) == "VACUUM \"orders\"");
  scan.extra = {{"Heap Fetches", "999"}};
  CHECK(idsIn(tree(scan)).empty());
}

TEST_CASE("large-offset: rows made and thrown away", "[plan]") {
  PlanNode limit = node("Limit", PlanCategory::limit, {scanOf("orders", 10010)});
  limit.actualRows = 10;
  CHECK(fires(run(limit, 5), "large-offset"));
  limit.actualRows = 11;
  CHECK_FALSE(fires(run(limit, 5), "large-offset"));
  limit.actualRows.reset();
  PlanTree planned = tree(limit);
  planned.sql = "SELECT 1 FROM orders LIMIT 10 OFFSET 10000 -- OFFSET 5";
  CHECK(of(planned, "large-offset")[0].confidence == protocol::Confidence::likely);
  planned.sql = "SELECT 'OFFSET 10000' FROM orders LIMIT 10 OFFSET 9999";
  CHECK_FALSE(fires(planned, "large-offset"));
}

TEST_CASE("order-index-discards-rows: an index walked for its order below a LIMIT", "[plan]") {
  PlanNode walk = node("Index Scan", PlanCategory::indexScan);
  walk.relation = "orders";
  walk.index = "orders_placed";
  walk.filter = "(status = 'open'::text)";
  walk.actualRows = 10;
  walk.rowsRemoved = 10000;
  PlanNode limit = node("Limit", PlanCategory::limit, {walk});
  limit.actualRows = 10;
  PlanTree plan = tree(limit);
  protocol::PlanIndex placed{.name = "orders_placed", .columns = {"placed_at"}};
  plan.relations.emplace(1);
  plan.relations->front().name = "orders";
  plan.relations->front().indexes = std::vector{placed};
  CHECK(idsIn(plan) == Ids{"order-index-discards-rows"});
  CHECK(firstSql(plan::grade(plan)).ends_with("(\"status\", \"placed_at\")"));
  CHECK_FALSE(
      fires(tree(node("Limit", PlanCategory::limit, {node("Sort", PlanCategory::sort, {walk})})),
            "order-index-discards-rows"));
}

TEST_CASE("workers-missing: fewer than planned", "[plan]") {
  PlanNode gather = node("Gather", PlanCategory::parallel);
  gather.workersPlanned = 2;
  gather.workersLaunched = 0;
  CHECK(of(tree(gather), "workers-missing")[0].severity == Severity::warning);
  gather.workersLaunched = 2;
  CHECK(idsIn(tree(gather)).empty());
  gather.workersLaunched.reset();
  CHECK(idsIn(tree(gather)).empty());
}

TEST_CASE("workers-unbalanced: twice the mean", "[plan]") {
  const auto scan = [](double first, double second, double third) {
    PlanNode made = node("Parallel Seq Scan", PlanCategory::scan);
    made.workers.emplace();
    for (const double rows : {first, second, third}) {
      protocol::PlanWorker worker;
      worker.actualRows = rows;
      made.workers->push_back(worker);
    }
    return tree(made);
  };
  CHECK(fires(scan(8000, 2000, 2000), "workers-unbalanced"));
  CHECK_FALSE(fires(scan(7900, 2000, 2100), "workers-unbalanced"));
  CHECK_FALSE(fires(scan(9000, 0, 0), "workers-unbalanced"));
}

TEST_CASE("cte-materialized-once: one reader, not recursive", "[plan]") {
  PlanNode kept = role(scanOf("orders", 20000), protocol::PlanRole::initplan);
  kept.subplan = "CTE recent";
  PlanNode reader = node("CTE Scan", PlanCategory::scan);
  reader.relation = "recent";
  reader.actualRows = 10;
  reader.rowsRemoved = 19990;
  const PlanNode once = node("Append", PlanCategory::set, {kept, reader});
  CHECK(of(tree(once), "cte-materialized-once")[0].severity == Severity::warning);
  CHECK_FALSE(fires(tree(node("Append", PlanCategory::set, {kept, reader, reader})),
                    "cte-materialized-once"));
  kept.operation = "Recursive Union";
  CHECK_FALSE(
      fires(tree(node("Append", PlanCategory::set, {kept, reader})), "cte-materialized-once"));
}

TEST_CASE("correlated-subquery: covers what it runs", "[plan]") {
  PlanNode inside = role(scanOf("lines", 100), protocol::PlanRole::subplan);
  inside.filter = "(order_id = o.id)";
  inside.subplan = "SubPlan 1";
  inside.loops = 100;
  inside.totalMs = 60;
  PlanNode outer = node("Result", PlanCategory::other, {inside});
  outer.totalMs = 100;
  const auto found = plan::grade(run(outer, 100));
  CHECK(idsIn(run(outer, 100)) == Ids{"correlated-subquery"});
  CHECK(firstSql(found) == "CREATE INDEX \"lines_order_id_idx\" ON \"lines\" (\"order_id\")");
  outer.children[0].loops = 99;
  CHECK_FALSE(fires(run(outer, 100), "correlated-subquery"));
}

TEST_CASE("function-rows-guess: covers the wrong estimate", "[plan]") {
  PlanNode call = node("Function Scan", PlanCategory::scan);
  call.relation = "orders_of";
  call.estimatedRows = 1000;
  call.actualRows = 10000;
  CHECK(idsIn(tree(call)) == Ids{"function-rows-guess"});
  call.estimatedRows = 999;
  CHECK(idsIn(tree(call)) == Ids{"row-estimate-off"});
}

TEST_CASE("function-on-column and implicit-cast: the expression, and what helps", "[plan]") {
  PlanNode scan = scanOf("customers", 10);
  scan.rowsRemoved = 1990;
  scan.filter = "(lower(email) = 'x'::text)";
  CHECK(firstSql(of(tree(scan), "function-on-column")) ==
        "CREATE INDEX \"customers_email_expression_idx\" ON \"customers\" ((lower(email)))");
  PlanTree mariadb = tree(scan);
  mariadb.engine = "mariadb";
  CHECK(of(mariadb, "function-on-column")[0].remedies.empty());
  scan.filter = "((id)::numeric = 5.5)";
  CHECK(fires(tree(scan), "implicit-cast"));
  CHECK_FALSE(fires(tree(scan), "function-on-column"));
  scan.filter = "((email)::text = 'x'::text)";
  CHECK_FALSE(fires(tree(scan), "implicit-cast"));
}

TEST_CASE("stale-statistics: many changes, or none taken at all", "[plan]") {
  PlanTree plan = tree(scanOf("visits", 10));
  plan.relations.emplace(1);
  auto& facts = plan.relations->front();
  facts.name = "visits";
  facts.rows = 5000;
  facts.modifications = 1000;
  CHECK(firstSql(of(plan, "stale-statistics")) == "ANALYZE \"visits\"");
  facts.modifications = 999;
  CHECK(idsIn(plan).empty());
  facts.neverAnalyzed = true;
  CHECK(idsIn(plan) == Ids{"stale-statistics"});
  facts.neverAnalyzed.reset();
  facts.rows = 100000000;
  facts.modifications = 600000;
  CHECK(idsIn(plan).empty());
  facts.rows = 1000000;
  CHECK(plan::grade(plan)[0].severity == Severity::critical);
}
