#include "store/plan_store.h"

#include <filesystem>

#include "codec.h"
#include "native/catch.h"
#include "plan/derive.h"
#include "plan/grade.h"
#include "plan/mask.h"
#include "plan/shape.h"
#include "rpc/json.h"

using namespace mydba;

namespace {

/// A folder that goes with the test.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / "mydba-plans-XXXXXX") {
    std::string name = path_.string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file() const { return (path_ / "plans.db").string(); }

 private:
  std::filesystem::path path_;
};

protocol::PlanTree scan(std::string operation, double ms) {
  protocol::PlanTree tree;
  tree.engine = "postgres";
  tree.version = "17.2";
  tree.sql = "SELECT * FROM orders WHERE email = 'ann@example.com'";
  tree.analyzed = true;
  tree.executionMs = ms;
  tree.raw = "[{\"Filter\": \"(email = 'ann@example.com')\"}]";
  tree.root.operation = std::move(operation);
  tree.root.relation = "orders";
  tree.root.filter = "(email = 'ann@example.com'::text)";
  tree.root.totalCost = 12.5;
  tree.root.extra = {{"Output", "id, 'ann@example.com'::text"}, {"Parallel Aware", "false"}};
  plan::derive(tree);
  return tree;
}

const store::PlanKey key{.connection = "postgres://h/d", .fingerprint = "f"};

bool regressed(protocol::PlanTree tree) {
  for (const auto& finding : plan::grade(tree))
    if (finding.id == "plan-regression") return true;
  return false;
}

}  // namespace

TEST_CASE("plans of a statement are kept once a shape, with the median of their times") {
  const Folder folder;
  auto store = store::PlanStore::open(folder.file());
  REQUIRE(store);
  for (const double ms : {30.0, 10.0, 20.0}) REQUIRE(store->add(key, scan("Seq Scan", ms)));
  REQUIRE(store->add(key, scan("Index Scan", 1)));
  REQUIRE(store->add({.connection = "other", .fingerprint = "f"}, scan("Seq Scan", 1)));
  const auto records = store->records(key);
  REQUIRE(records);
  REQUIRE(records->size() == 2);
  const auto& index = records->at(0);
  const auto& full = records->at(1);
  CHECK(index.executionMs == 1.0);
  CHECK(full.executionMs == 20.0);
  CHECK(full.count == 3);
  CHECK(full.totalCost == 12.5);
  CHECK(full.shape != index.shape);
  CHECK(full.firstSeen <= full.lastSeen);
}

TEST_CASE("a kept plan can be recalled and pinned, and what is gone is said") {
  const Folder folder;
  auto store = store::PlanStore::open(folder.file());
  REQUIRE(store);
  REQUIRE(store->add(key, scan("Seq Scan", 30)));
  const auto id = store->records(key)->at(0).id;
  const auto tree = store->recall(id);
  REQUIRE(tree);
  CHECK(tree->root.operation == "Seq Scan");
  REQUIRE(store->pin(id, true));
  CHECK(store->records(key)->at(0).pinned);
  CHECK(store->pin(id + 1, true).error().code == ErrorCode::invalidParams);
  CHECK(store->recall(id + 1).error().message == "this plan is not kept any more");
  auto again = store::PlanStore::open(folder.file());
  REQUIRE(again);
  CHECK(again->records(key)->size() == 1);
}

TEST_CASE("no value of a statement is in a kept plan") {
  const auto text = protocol::encode(plan::withoutValues(scan("Seq Scan", 1))).dump();
  CHECK(text.find("ann@") == std::string::npos);
  CHECK(text.find("email") != std::string::npos);
  CHECK(text.find("Parallel Aware") != std::string::npos);
}

TEST_CASE("the shape of a plan is its steps, not its numbers") {
  auto one = scan("Seq Scan", 1), other = scan("Seq Scan", 50);
  other.root.filter = "(email = 'bob@example.com'::text)";
  CHECK(plan::shapeOf(one) == plan::shapeOf(other));
  other.root.index = "orders_email";
  CHECK(plan::shapeOf(one) != plan::shapeOf(other));
  CHECK(plan::shapeOf(one) == "ec7d61edd91d8a43");  // stored: must stay
}

TEST_CASE("plan-regression: twice as slow as with another plan is reported, less is not") {
  protocol::PlanRecord fast{.id = 1,
                            .shape = plan::shapeOf(scan("Index Scan", 1)),
                            .analyzed = true,
                            .version = "17.2",
                            .firstSeen = "2026-01-01T00:00:00Z",
                            .lastSeen = "2026-01-02T00:00:00Z",
                            .count = 4,
                            .totalCost = {},
                            .executionMs = 10,
                            .pinned = false};
  auto slow = scan("Seq Scan", 20);
  CHECK_FALSE(regressed(slow));
  slow.earlier = {fast};
  CHECK(regressed(slow));
  slow.executionMs = 19;
  CHECK_FALSE(regressed(slow));
  slow.executionMs = 20;
  fast.shape = plan::shapeOf(slow);  // the same plan, with other values perhaps
  slow.earlier = {fast};
  CHECK_FALSE(regressed(slow));
}
