#include "native/catch.h"
#include "native/plan/made_plan.h"
#include "plan/explain.h"

using namespace mydba;
using namespace mydba::plan::made;
using protocol::Severity;

namespace {

PlanNode scan(double estimated) {
  PlanNode made = node("Seq Scan", PlanCategory::scan);
  made.relation = "orders";
  made.estimatedRows = estimated;
  return made;
}

Ids ids(PlanNode root) { return idsIn(tree(std::move(root))); }

}  // namespace

TEST_CASE("a full scan is reported from a thousand rows on") {
  CHECK(ids(scan(999)) == Ids{});
  CHECK(ids(scan(1000)) == Ids{"full-table-scan"});
}

TEST_CASE("reading what the server made for the statement is no full scan of a table") {
  PlanNode temporary = scan(5000);
  temporary.relation = "<temporary>";
  CHECK(ids(temporary) == Ids{});
}

TEST_CASE("a full scan is a warning only when an index could narrow it") {
  PlanNode plain = scan(5000);
  PlanNode filtered = scan(5000);
  filtered.filter = "(status = 'new')";
  CHECK(plan::grade(tree(plain))[0].severity == Severity::info);
  CHECK(plan::grade(tree(filtered))[0].severity == Severity::warning);
  filtered.estimatedRows = 1000000;
  CHECK(plan::grade(tree(filtered))[0].severity == Severity::critical);
}

TEST_CASE("a scan that never ran is not reported") {
  PlanNode never = scan(5000);
  never.neverExecuted = true;
  CHECK(ids(never) == Ids{});
}

TEST_CASE("what a full scan of a table reads is said, with the index that would spare it") {
  PlanNode filtered = scan(5000);
  filtered.filter = "((placed_at > '2025-01-01'::date) AND ((status)::text = 'new'::text))";
  filtered.actualRows = 100;
  filtered.rowsRemoved = 4900;
  PlanTree plan = tree(filtered);
  plan.relations.emplace(1);
  plan.relations->front().name = "orders";
  plan.relations->front().schema = "shop \"1\"";
  CHECK(firstSql(plan::grade(plan)) ==
        "CREATE INDEX \"orders_status_placed_at_idx\" ON \"shop \"\"1\"\"\".\"orders\" "
        "(\"status\", \"placed_at\")");
  CHECK(plan::grade(plan)[0].remedies.at(0).createsIndex == true);
  plan.engine = "sqlite";
  CHECK(firstSql(plan::grade(plan))
            .starts_with(
                "CREATE INDEX \"shop \"\"1\"\"\".\"orders_status_placed_at_idx\" ON \"orders\" ("));
  plan.engine = "postgres";
  protocol::PlanIndex both{.name = "both", .columns = {"placed_at", "status"}};
  plan.relations->front().indexes = std::vector{both};
  CHECK(firstSql(plan::grade(plan)) == "ANALYZE \"shop \"\"1\"\"\".\"orders\"");
  CHECK(plan::grade(plan)[0].confidence == protocol::Confidence::possible);
  CHECK_FALSE(plan::grade(plan)[0].remedies.at(0).createsIndex);
  plan.engine = "mysql";
  plan.relations.reset();
  CHECK(firstSql(plan::grade(plan)).starts_with("CREATE INDEX `orders_"));
}

TEST_CASE("a filter that keeps most rows calls for no index") {
  PlanNode filtered = scan(5000);
  filtered.filter = "(status = 'new')";
  filtered.actualRows = 4000;
  filtered.rowsRemoved = 1000;
  const auto findings = plan::grade(tree(filtered));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == Severity::info);
  CHECK(findings[0].remedies.empty());
}

TEST_CASE("a table read in three rounds is reported, a parallel one is not") {
  PlanNode inner = scan(500);
  inner.loops = 3;
  CHECK(ids(node("Nested Loop", PlanCategory::join, {inner})) == Ids{"repeated-full-scan"});
  PlanNode gather =
      node("Gather", PlanCategory::parallel, {node("Hash Join", PlanCategory::join, {inner})});
  gather.workersLaunched = 2;
  CHECK(ids(gather) == Ids{});
  inner.loops = 2;
  CHECK(ids(node("Nested Loop", PlanCategory::join, {inner})) == Ids{});
}

TEST_CASE("an estimate ten times off is reported with its direction, not below a LIMIT") {
  PlanNode join = node("Hash Join", PlanCategory::join);
  join.estimatedRows = 100;
  join.actualRows = 1000;
  const auto findings = plan::grade(tree(join));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].id == "row-estimate-off");
  CHECK(findings[0].message.find("10 times more") != std::string::npos);
  CHECK(ids(node("Limit", PlanCategory::limit, {join})) == Ids{"row-estimate-off"});
  join.actualRows = 990;
  CHECK(ids(join) == Ids{});
  // Fewer may have been enough.
  join.estimatedRows = 20000;
  join.actualRows = 100;
  CHECK(ids(join) == Ids{"row-estimate-off"});
  CHECK(ids(node("Limit", PlanCategory::limit, {node("Append", PlanCategory::set, {join})})) ==
        Ids{});
}

TEST_CASE("a wrong estimate is told where it begins") {
  PlanNode below = scan(100);
  below.actualRows = 2000;
  PlanNode above = node("Hash Join", PlanCategory::join, {below});
  above.estimatedRows = 100;
  above.actualRows = 4000;
  const auto findings = plan::made::of(tree(above), "row-estimate-off");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].nodeId == 1);
  above.actualRows = 40000;
  CHECK(plan::made::of(tree(above), "row-estimate-off").size() == 2);
}

TEST_CASE("an index that delivers mostly unwanted rows is reported") {
  PlanNode access = node("Index Scan", PlanCategory::indexScan);
  access.relation = "orders";
  access.actualRows = 1000;
  access.rowsRemoved = 9000;
  CHECK(ids(access) == Ids{"filter-discards-rows"});
  access.rowsRemoved = 8000;
  CHECK(ids(access) == Ids{});
  access.actualRows = 9000;
  access.rowsRemoved = 8000;
  CHECK(ids(access) == Ids{});
}

TEST_CASE("sorts are reported when they spill or are large") {
  PlanNode sort = node("Sort", PlanCategory::sort);
  sort.actualRows = 9999;
  CHECK(ids(sort) == Ids{});
  sort.actualRows = 10000;
  CHECK(ids(sort) == Ids{"sort-without-index"});
  sort.extra = {{"Sort Space Type", "Disk"}, {"Sort Space Used", "1024"}};
  CHECK(ids(sort) == Ids{"sort-spills"});
  sort.extra = {{"Sort Space Type", "Memory"}};
  CHECK(ids(sort) == Ids{"sort-without-index"});
}

TEST_CASE("a threshold can be changed, and is part of the evidence") {
  const PlanTree plan = tree(scan(500));
  CHECK(plan::grade(plan).empty());
  const auto findings = plan::grade(plan, {{"full-table-scan.rows", 500}});
  REQUIRE(findings.size() == 1);
  const auto& last = findings[0].evidence;
  CHECK(std::any_of(last.begin(), last.end(), [](const protocol::NamedValue& value) {
    return value.name.starts_with("threshold: rows read") && value.value == "500";
  }));
}

TEST_CASE("findings of one severity are ranked by what they cost") {
  PlanNode cheap = scan(5000), dear = scan(5000);
  cheap.totalCost = 10;
  dear.totalCost = 90;
  const PlanTree plan = tree(node("Append", PlanCategory::set, {cheap, dear}));
  const auto findings = plan::grade(plan);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].nodeId == 2);
  CHECK(*findings[0].impact->share == Approx(1.0));
  CHECK(findings[1].nodeId == 1);
}

TEST_CASE("every finding cites a document with an official page") {
  for (const char* engine : {"postgres", "mysql", "mariadb", "sqlite"}) {
    const auto cited = plan::citation(engine, "full-table-scan");
    CAPTURE(engine);
    CHECK(cited.url.starts_with("https://"));
    CHECK_FALSE(cited.title.empty());
    CHECK(cited.anchor == std::string(engine) + "/query-plans#full-table-scan");
  }
}

TEST_CASE("own time and cost leave the children out and are never negative") {
  PlanNode child = scan(10);
  child.totalMs = 7;
  child.totalCost = 12;
  PlanNode root = node("Limit", PlanCategory::limit, {child});
  root.totalMs = 10;
  root.totalCost = 5;
  const PlanTree derived = tree(root);
  CHECK(*derived.root.selfMs == Approx(3));
  CHECK(*derived.root.selfCost == 0);
  CHECK(*derived.root.children[0].selfMs == Approx(7));
  CHECK(derived.root.children[0].id == 1);
}

TEST_CASE("pages without children, rows read and the ratio of the estimate are derived") {
  PlanNode child = scan(10);
  child.actualRows = 40;
  child.rowsRemoved = 60;
  child.buffers = protocol::PlanBuffers{.sharedHit = 30, .sharedRead = 5};
  PlanNode root = node("Sort", PlanCategory::sort, {child});
  root.buffers = protocol::PlanBuffers{.sharedHit = 31, .sharedRead = 5, .tempWritten = 7};
  const PlanTree derived = tree(root);
  CHECK(*derived.root.selfBuffers->sharedHit == 1);
  CHECK_FALSE(derived.root.selfBuffers->sharedRead);
  CHECK(*derived.root.selfBuffers->tempWritten == 7);
  CHECK(*derived.root.children[0].actualRead == 100);
  CHECK(*derived.root.children[0].estimateRatio == Approx(4));
  CHECK_FALSE(derived.root.estimateRatio);
}

TEST_CASE("the text tree shows numbers and escapes control characters") {
  PlanNode hostile = scan(1234567);
  hostile.relation = "a\x1b[31m";
  hostile.filter = "x = 'y'";
  const auto text = plan::examine(tree(node("Limit", PlanCategory::limit, {hostile}))).text;
  CHECK(text.find("└─ Seq Scan on a\\x1b[31m  (rows ~1,234,567)") != std::string::npos);
  CHECK(text.find("filter: x = 'y'") != std::string::npos);
  CHECK(text.find("!! full-table-scan") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("numbers are grouped") {
  CHECK(plan::groupedNumber(0) == "0");
  CHECK(plan::groupedNumber(999) == "999");
  CHECK(plan::groupedNumber(1000) == "1,000");
  CHECK(plan::groupedNumber(-1234567) == "-1,234,567");
}
