// Rules about what did not fit into memory.

#include "native/catch.h"
#include "native/plan/made_plan.h"

using namespace mydba;
using namespace mydba::plan::made;

TEST_CASE("hash-spills: more than one batch, and the memory that would do", "[plan]") {
  PlanNode hash = node("Hash", PlanCategory::materialize);
  hash.extra = {{"Hash Batches", "8"}, {"Original Hash Batches", "1"}};
  hash.memoryBytes = 4096.0 * 1024;
  const auto found = of(tree(hash), "hash-spills");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.find("8 parts on disk, 1 were planned") != std::string::npos);
  CHECK(firstSql(found) == "SET work_mem = '16MB'");
  hash.extra = {{"Hash Batches", "1"}, {"Original Hash Batches", "1"}};
  CHECK(idsIn(tree(hash)).empty());
}

TEST_CASE("more memory than a server has is not proposed", "[plan]") {
  PlanNode hash = node("Hash", PlanCategory::materialize);
  hash.extra = {{"Hash Batches", "4096"}};
  hash.memoryBytes = 64.0 * 1024 * 1024;
  const auto found = of(tree(hash), "hash-spills");
  REQUIRE(found.size() == 1);
  CHECK(found[0].remedies.empty());
}

TEST_CASE("aggregate-spills: disk used by a grouping", "[plan]") {
  PlanNode group = node("HashAggregate", PlanCategory::aggregate);
  group.extra = {{"HashAgg Batches", "5"}, {"Disk Usage", "2048"}};
  const auto found = of(tree(group), "aggregate-spills");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.find("2 MiB") != std::string::npos);
  CHECK(firstSql(found) == "SET work_mem = '4MB'");
  group.extra = {{"HashAgg Batches", "1"}, {"Disk Usage", "0"}};
  CHECK(idsIn(tree(group)).empty());
}

TEST_CASE("temporary-files: pages written by a step that nothing else explains", "[plan]") {
  PlanNode hash = node("Hash", PlanCategory::materialize);
  PlanNode join =
      node("Hash Join", PlanCategory::join, {node("Result", PlanCategory::other), hash});
  join.buffers = protocol::PlanBuffers{.tempRead = 500, .tempWritten = 500};
  CHECK(idsIn(tree(join)) == Ids{"temporary-files"});
  join.children[1].extra = {{"Hash Batches", "2"}};
  CHECK(idsIn(tree(join)) == Ids{"hash-spills"});
  join.children[1].extra.clear();
  join.buffers->tempRead = join.buffers->tempWritten = 127;
  CHECK(idsIn(tree(join)).empty());
}

TEST_CASE("lossy-bitmap and recheck-discards-rows: the second says more", "[plan]") {
  PlanNode heap = node("Bitmap Heap Scan", PlanCategory::indexScan);
  heap.relation = "orders";
  heap.actualRows = 5000;
  heap.extra = {{"Exact Heap Blocks", "600"}, {"Lossy Heap Blocks", "1000"}};
  CHECK(idsIn(tree(heap)) == Ids{"lossy-bitmap"});
  heap.rowsRemovedByRecheck = 10000;
  const auto found = plan::grade(tree(heap));
  CHECK(idsIn(tree(heap)) == Ids{"recheck-discards-rows"});
  CHECK(firstSql(found) == "SET work_mem = '1MB'");
  heap.rowsRemovedByRecheck = 9999;
  heap.extra = {{"Exact Heap Blocks", "600"}, {"Lossy Heap Blocks", "99"}};
  CHECK(idsIn(tree(heap)).empty());
}

TEST_CASE("memoize-misses: evictions, or nothing found again", "[plan]") {
  const auto memoize = [](const char* hits, const char* misses, const char* evictions) {
    PlanNode made = node("Memoize", PlanCategory::materialize);
    made.memoryBytes = 1024.0 * 1024;
    made.extra = {{"Cache Hits", hits}, {"Cache Misses", misses}, {"Cache Evictions", evictions}};
    return tree(made);
  };
  CHECK(fires(memoize("100", "900", "0"), "memoize-misses"));
  CHECK(of(memoize("100", "900", "0"), "memoize-misses")[0].remedies.empty());
  CHECK(firstSql(of(memoize("900", "100", "50"), "memoize-misses")) == "SET work_mem = '2MB'");
  CHECK_FALSE(fires(memoize("500", "500", "0"), "memoize-misses"));
  CHECK_FALSE(fires(memoize("10", "900", "0"), "memoize-misses"));
}

TEST_CASE("incremental-sort-groups: only where a group went to disk", "[plan]") {
  PlanNode sort = node("Incremental Sort", PlanCategory::sort);
  sort.extra = {{"Full-sort Groups", R"({"Group Count": 3, "Sort Space Memory": {}})"},
                {"Pre-sorted Groups",
                 R"({"Group Count": 2, "Sort Space Disk": {"Peak Sort Space Used": 2048}})"}};
  const auto found = of(tree(sort), "incremental-sort-groups");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.find("5 groups") != std::string::npos);
  CHECK(firstSql(found) == "SET work_mem = '8MB'");
  sort.extra.pop_back();
  CHECK_FALSE(fires(tree(sort), "incremental-sort-groups"));
  sort.extra = {{"Full-sort Groups", "{{{"}, {"Pre-sorted Groups", R"({"Sort Space Disk": 7})"}};
  CHECK_FALSE(fires(tree(sort), "incremental-sort-groups"));
}

TEST_CASE("wide-rows-sorted: bytes of a row, unless only the first few are kept", "[plan]") {
  PlanNode sort = node("Sort", PlanCategory::sort);
  sort.actualRows = 10000;
  sort.width = 500;
  CHECK(fires(tree(sort), "wide-rows-sorted"));
  sort.extra = {{"Sort Method", "top-N heapsort"}};
  CHECK_FALSE(fires(tree(sort), "wide-rows-sorted"));
  sort.extra.clear();
  sort.width = 499;
  CHECK_FALSE(fires(tree(sort), "wide-rows-sorted"));
}
