// Rules about joins and partitions.

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

/// Reads `count` partitions of `events`, each tested by `filter`.
PlanNode partitions(int count, const char* filter) {
  PlanNode append = node("Append", PlanCategory::set);
  for (int i = 1; i <= count; ++i) {
    PlanNode scan = scanOf(("events_2025_" + std::to_string(i)).c_str(), 5);
    scan.alias = "events_" + std::to_string(i);
    scan.filter = filter;
    append.children.push_back(scan);
  }
  return append;
}

PlanTree known(PlanNode root, double count) {
  PlanTree plan = tree(std::move(root));
  plan.relations.emplace(1);
  plan.relations->front().name = "events";
  plan.relations->front().partitions = count;
  plan.relations->front().partitionKey = std::vector<std::string>{"at"};
  return plan;
}

}  // namespace

TEST_CASE("join-filter-discards-rows: half of ten thousand pairs", "[plan]") {
  PlanNode inner = scanOf("lines", 100);
  PlanNode join = node("Nested Loop", PlanCategory::join, {scanOf("orders", 100), inner});
  join.filter = "(lines.order_id = orders.id)";
  join.actualRows = 100;
  join.rowsRemovedByJoin = 10000;
  const auto found = of(tree(join), "join-filter-discards-rows");
  REQUIRE(found.size() == 1);
  CHECK(*found[0].impact->rows == 10000);
  CHECK(firstSql(found) == "CREATE INDEX \"lines_order_id_idx\" ON \"lines\" (\"order_id\")");
  join.rowsRemovedByJoin = 9999;
  CHECK(idsIn(tree(join)).empty());
  join.rowsRemovedByJoin = 10000;
  join.actualRows = 10001;
  CHECK(idsIn(tree(join)).empty());
}

TEST_CASE("nested-loop-repeats: a thousand rounds that take half of the time", "[plan]") {
  PlanNode inner = node("Index Scan", PlanCategory::indexScan);
  inner.relation = "lines";
  inner.loops = 1000;
  inner.totalMs = 50;
  PlanNode join = node("Nested Loop", PlanCategory::join, {scanOf("orders", 900), inner});
  join.children[0].estimatedRows = 9;
  join.totalMs = 60;
  const auto found = of(run(join, 100), "nested-loop-repeats");
  REQUIRE(found.size() == 1);
  CHECK(firstSql(found) == "ANALYZE \"orders\"");
  CHECK_FALSE(fires(run(join, 101), "nested-loop-repeats"));
  join.children[1].loops = 999;
  CHECK_FALSE(fires(run(join, 100), "nested-loop-repeats"));
  // Three processes with a third of the rounds each are not as many.
  join.children[1].loops = 2997;
  PlanNode gather = node("Gather", PlanCategory::parallel, {join});
  gather.workersLaunched = 2;
  CHECK_FALSE(fires(run(gather, 100), "nested-loop-repeats"));
}

TEST_CASE("a table read in full for each row is told once, with its index", "[plan]") {
  PlanNode inner = scanOf("lines", 5000);
  inner.loops = 2000;
  inner.totalMs = 90;
  PlanNode join = node("Nested Loop", PlanCategory::join, {scanOf("orders", 900), inner});
  join.filter = "(lines.order_id = orders.id)";
  join.totalMs = 99;
  CHECK(idsIn(run(join, 100)) == Ids{"repeated-full-scan"});
  CHECK(firstSql(plan::grade(run(join, 100))) ==
        "CREATE INDEX \"lines_order_id_idx\" ON \"lines\" (\"order_id\")");
}

TEST_CASE("hash-builds-larger-side: ten times the other side", "[plan]") {
  PlanNode hash = node("Hash", PlanCategory::materialize, {scanOf("lines", 50000)});
  hash.actualRows = 50000;
  PlanNode join = node("Hash Join", PlanCategory::join, {scanOf("orders", 900), hash});
  CHECK(firstSql(of(tree(join), "hash-builds-larger-side")) == "ANALYZE \"lines\"");
  join.children[0].actualRows = 5001;
  CHECK_FALSE(fires(tree(join), "hash-builds-larger-side"));
  join.children[0].actualRows = 900;
  join.children[1].actualRows = 9999;
  CHECK_FALSE(fires(tree(join), "hash-builds-larger-side"));
}

TEST_CASE("no-partition-pruning: all of eight partitions, tested for something", "[plan]") {
  CHECK(of(tree(partitions(8, "(at > now())")), "no-partition-pruning")[0].confidence ==
        protocol::Confidence::possible);
  CHECK_FALSE(fires(tree(partitions(7, "(at > now())")), "no-partition-pruning"));
  CHECK(of(known(partitions(8, "(date(at) > 5)"), 8), "no-partition-pruning")[0].severity ==
        Severity::warning);
  CHECK_FALSE(fires(known(partitions(8, "(at > now())"), 9), "no-partition-pruning"));
  PlanNode all = partitions(8, "");
  for (auto& scan : all.children) scan.filter.reset();
  CHECK_FALSE(fires(tree(all), "no-partition-pruning"));
}

TEST_CASE("partition-key-missing: by how often the statement runs", "[plan]") {
  PlanTree plan = known(partitions(8, "(kind = 'x'::text)"), 8);
  CHECK(idsIn(plan) == Ids{"partition-key-missing"});
  CHECK(plan::grade(plan)[0].severity == Severity::info);
  plan.statistics = protocol::StatementStatistics{.calls = 99};
  CHECK(idsIn(plan) == Ids{"no-partition-pruning"});
  plan.statistics->calls = 100;
  CHECK(plan::grade(plan)[0].severity == Severity::warning);
  plan.statistics->totalMs = 3600000;
  CHECK(plan::grade(plan)[0].severity == Severity::critical);
  CHECK_FALSE(fires(known(partitions(8, "(date(at) > 5)"), 8), "partition-key-missing"));
}
