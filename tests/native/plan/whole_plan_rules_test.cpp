// Rules about the time of a statement as a whole, its log and its storage.

#include "native/catch.h"
#include "native/plan/made_plan.h"

using namespace mydba;
using namespace mydba::plan::made;
using protocol::Severity;

namespace {

PlanTree timed(double selfMs, double executionMs) {
  PlanNode root = node("Result", PlanCategory::other);
  root.totalMs = selfMs;
  return run(root, executionMs);
}

}  // namespace

TEST_CASE("slow-step: a tenth of the time, where nothing else says why", "[plan]") {
  CHECK(idsIn(timed(50, 500)) == Ids{"slow-step"});
  CHECK(idsIn(timed(49, 100)).empty());
  CHECK(idsIn(timed(50, 501)).empty());
  PlanNode sort = node("Sort", PlanCategory::sort);
  sort.totalMs = 400;
  sort.actualRows = 20000;
  CHECK(idsIn(run(sort, 500)) == Ids{"sort-without-index"});
}

TEST_CASE("costly-step: only of plans that were not run", "[plan]") {
  PlanNode root = node("Result", PlanCategory::other);
  root.totalCost = 1000;
  CHECK(idsIn(tree(root)) == Ids{"costly-step"});
  CHECK(idsIn(run(root, 10)).empty());
  root.totalCost = 999;
  CHECK(idsIn(tree(root)).empty());
}

TEST_CASE("jit-costs-more: a quarter of the time", "[plan]") {
  PlanTree plan = timed(1, 100);
  plan.jit = protocol::PlanJit{.functions = 12, .totalMs = 25};
  const auto found = of(plan, "jit-costs-more");
  REQUIRE(found.size() == 1);
  CHECK_FALSE(found[0].nodeId);
  CHECK(firstSql(found) == "SET jit = off");
  CHECK(*found[0].impact->share == Approx(0.25));
  plan.jit->totalMs = 24;
  CHECK(idsIn(plan).empty());
}

TEST_CASE("planning-dominates: longer than the run, and felt", "[plan]") {
  PlanTree plan = timed(1, 11);
  plan.planningMs = 12;
  CHECK(idsIn(plan) == Ids{"planning-dominates"});
  plan.planningMs = 11;
  CHECK(idsIn(plan).empty());
  plan = timed(1, 2);
  plan.planningMs = 9;
  CHECK(idsIn(plan).empty());
}

TEST_CASE("trigger-time: each trigger that takes a tenth", "[plan]") {
  PlanTree plan = timed(1, 100);
  plan.triggers = std::vector<protocol::PlanTrigger>{
      {.name = "check", .relation = "orders", .calls = 3, .totalMs = 60},
      {.name = "small", .relation = {}, .calls = 3, .totalMs = 9}};
  const auto found = of(plan, "trigger-time");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.find("check on orders ran 3 times and took 60 ms, 60 %") !=
        std::string::npos);
  CHECK(found[0].severity == Severity::warning);
}

TEST_CASE("serialization-cost: a tenth of the time", "[plan]") {
  PlanTree plan = timed(1, 100);
  plan.serialization = protocol::PlanSerialization{.totalMs = 10, .bytes = 2048, .buffers = {}};
  CHECK(idsIn(plan) == Ids{"serialization-cost"});
  plan.serialization->totalMs = 9.9;
  CHECK(idsIn(plan).empty());
}

TEST_CASE("wal-heavy: 16 MiB of log, and whether they are whole pages", "[plan]") {
  PlanNode root = node("Update", PlanCategory::modify);
  root.wal = protocol::PlanWal{.records = 9, .fullPages = 1500, .bytes = 16777216};
  const auto found = of(tree(root), "wal-heavy");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.find("mostly images of whole pages (1,500)") != std::string::npos);
  root.wal->bytes = 16777215;
  CHECK(idsIn(tree(root)).empty());
}

TEST_CASE("cold-cache: the costliest step, when most of its pages were read", "[plan]") {
  PlanNode cheap = node("Seq Scan", PlanCategory::scan);
  cheap.totalMs = 1;
  cheap.buffers = protocol::PlanBuffers{.sharedRead = 5000};
  PlanNode root = node("Sort", PlanCategory::sort, {cheap});
  root.totalMs = 9;
  root.buffers = protocol::PlanBuffers{.sharedHit = 1000, .sharedRead = 6000};
  const auto found = of(run(root, 100), "cold-cache");
  REQUIRE(found.size() == 1);
  CHECK(found[0].nodeId == 0);
  root.buffers->sharedHit = 1001;
  CHECK_FALSE(fires(run(root, 100), "cold-cache"));
}

TEST_CASE("slow-storage: slow by itself, or beside the other steps", "[plan]") {
  const auto reading = [](double pages, double ms) {
    PlanNode made = node("Seq Scan", PlanCategory::scan);
    made.buffers = protocol::PlanBuffers{.sharedRead = pages, .readMs = ms};
    return made;
  };
  CHECK(fires(run(reading(1000, 1000), 2000), "slow-storage"));  // 8 MiB/s
  CHECK_FALSE(fires(run(reading(1000, 700), 2000), "slow-storage"));
  CHECK_FALSE(fires(run(reading(999, 1000), 2000), "slow-storage"));
  const auto two = [&](double pages) {
    PlanNode both = node("Append", PlanCategory::set, {reading(2000, 1000), reading(pages, 1000)});
    both.buffers = protocol::PlanBuffers{.sharedRead = 2000 + pages, .readMs = 2000};
    return run(both, 3000);
  };
  CHECK(fires(two(9000), "slow-storage"));
  CHECK_FALSE(fires(two(7000), "slow-storage"));
}

TEST_CASE("generic-plan-worse: twice the cost of a plan for values", "[plan]") {
  PlanNode root = node("Result", PlanCategory::other);
  root.totalCost = 900;
  PlanTree plan = tree(root);
  plan.customCost = 450;
  CHECK(idsIn(plan).empty());
  plan.values = protocol::PlanValues::generic;
  CHECK(firstSql(of(plan, "generic-plan-worse")) == "SET plan_cache_mode = force_custom_plan");
  plan.customCost = 451;
  CHECK(idsIn(plan).empty());
}

TEST_CASE("disabled-step: names the setting", "[plan]") {
  PlanNode scan = node("Parallel Seq Scan", PlanCategory::scan);
  scan.disabled = true;
  CHECK(firstSql(of(tree(scan), "disabled-step")) == "RESET enable_seqscan");
  scan.disabled.reset();
  CHECK(idsIn(tree(scan)).empty());
}
