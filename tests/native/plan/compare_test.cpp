#include "plan/compare.h"

#include "native/catch.h"
#include "plan/derive.h"
#include "plan/match.h"

using namespace mydba;
using protocol::PlanCategory;
using protocol::PlanChangeKind;
using protocol::PlanNode;
using protocol::PlanOutcome;
using protocol::PlanTree;

namespace {

PlanNode step(std::string operation, PlanCategory category, std::vector<PlanNode> children = {}) {
  PlanNode made;
  made.operation = std::move(operation);
  made.category = category;
  made.children = std::move(children);
  return made;
}

PlanNode seqScan(std::string relation) {
  PlanNode made = step("Seq Scan", PlanCategory::scan);
  made.relation = std::move(relation);
  return made;
}

PlanNode indexScan(std::string relation, std::string index) {
  PlanNode made = step("Index Scan", PlanCategory::indexScan);
  made.relation = std::move(relation);
  made.index = std::move(index);
  return made;
}

PlanTree tree(PlanNode root) {
  PlanTree made;
  made.engine = "postgres";
  made.root = std::move(root);
  plan::derive(made);
  return made;
}

PlanTree measured(PlanNode root, double ms) {
  PlanTree made = tree(std::move(root));
  made.analyzed = true;
  made.executionMs = ms;
  return made;
}

std::vector<std::string> said(const protocol::PlanComparison& comparison) {
  std::vector<std::string> lines;
  for (const auto& change : comparison.changes)
    lines.push_back(std::string(protocol::name(change.kind)) + ": " + change.text);
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a plan is the same as itself") {
  const auto one = tree(step("Sort", PlanCategory::sort, {seqScan("a")}));
  const auto same = plan::compare(one, one);
  CHECK(said(same) == Lines{"same: Sort", "same: Seq Scan on a"});
  CHECK(same.verdict.sameShape);
  CHECK(same.verdict.outcome == PlanOutcome::unclear);  // no numbers to compare
}

TEST_CASE("an index replaces a scan, and its join keeps its partner") {
  const auto before = measured(
      step("Hash Join", PlanCategory::join,
           {seqScan("orders"), step("Hash", PlanCategory::materialize, {seqScan("customers")})}),
      80);
  const auto after = measured(step("Nested Loop", PlanCategory::join,
                                   {seqScan("customers"), indexScan("orders", "orders_customer")}),
                              2);
  const auto comparison = plan::compare(before, after);
  CHECK(said(comparison) ==
        Lines{"replaced: Hash Join became Nested Loop", "removed: Hash is gone",
              "same: Seq Scan on customers",
              "replaced: Seq Scan on orders became Index Scan on orders using orders_customer"});
  CHECK(comparison.verdict.outcome == PlanOutcome::better);
  CHECK(comparison.verdict.measured);
  CHECK(*comparison.verdict.factor == Approx(40));
  CHECK(comparison.verdict.text == "40 times faster: time 80 ms → 2 ms.");
  CHECK_FALSE(comparison.verdict.sameShape);
}

TEST_CASE("a step that now stands under another one has moved; one put above it moves nothing") {
  PlanNode inner = seqScan("b");
  const auto before = tree(step(
      "Append", PlanCategory::set,
      {step("Hash Join", PlanCategory::join, {seqScan("a"), inner}), seqScan("c"), seqScan("d")}));
  const auto after = tree(step(
      "Append", PlanCategory::set,
      {step("Hash Join", PlanCategory::join, {seqScan("a"), seqScan("c")}), inner, seqScan("d")}));
  const auto swapped = plan::compare(before, after);
  const auto lines = said(swapped);
  CHECK(std::count(lines.begin(), lines.end(), "moved: Seq Scan on c stands elsewhere") == 1);
  CHECK(std::count(lines.begin(), lines.end(), "moved: Seq Scan on b stands elsewhere") == 1);
  CHECK(std::count(lines.begin(), lines.end(), "same: Seq Scan on d") == 1);

  const auto limited = plan::compare(
      tree(step("Sort", PlanCategory::sort, {seqScan("a")})),
      tree(step("Limit", PlanCategory::limit, {step("Sort", PlanCategory::sort, {seqScan("a")})})));
  CHECK(said(limited) == Lines{"added: Limit is new", "same: Sort", "same: Seq Scan on a"});
}

TEST_CASE("numbers that changed are listed, the largest factor first") {
  PlanNode few = seqScan("a"), many = seqScan("a");
  few.actualRows = 10;
  few.totalCost = 100;
  few.loops = 1;
  many.actualRows = 1000;
  many.totalCost = 200;
  many.loops = 1.05;  // not worth a word
  const auto comparison = plan::compare(tree(few), tree(many));
  REQUIRE(comparison.changes.size() == 1);
  const auto& change = comparison.changes[0];
  CHECK(change.kind == PlanChangeKind::changed);
  REQUIRE(change.differences.size() >= 3);
  CHECK(change.differences[0].name == "actualRows");
  CHECK(*change.differences[0].ratio == Approx(100));
  CHECK(std::none_of(change.differences.begin(), change.differences.end(),
                     [](const auto& difference) { return difference.name == "loops"; }));
  CHECK(comparison.verdict.outcome == PlanOutcome::worse);
  CHECK(comparison.verdict.text ==
        "2.0 times dearer: estimated cost 100 → 200. Only a measured run proves it. Both take the "
        "same steps.");
}

TEST_CASE("costs of two servers are not compared, times are") {
  PlanTree one = tree(seqScan("a")), other = tree(seqScan("a"));
  one.root.totalCost = 1;
  other.root.totalCost = 100;
  other.engine = "mysql";
  CHECK(plan::compare(one, other).verdict.outcome == PlanOutcome::unclear);
  one.analyzed = other.analyzed = true;
  one.executionMs = 5;
  other.executionMs = 1;
  CHECK(plan::compare(one, other).verdict.outcome == PlanOutcome::better);
}

TEST_CASE("no step has two partners") {
  std::vector<PlanNode> many;
  for (int i = 0; i < 200; ++i)
    many.push_back(step("Hash Join", PlanCategory::join, {seqScan("t"), seqScan("t")}));
  const auto before = tree(step("Append", PlanCategory::set, many));
  many.resize(150);
  const auto after = tree(step("Append", PlanCategory::set, many));
  const auto first = plan::flatten(before.root), second = plan::flatten(after.root);
  std::vector<int> taken(second.size(), 0);
  for (const int partner : plan::match(first, second))
    if (partner >= 0) ++taken[static_cast<std::size_t>(partner)];
  CHECK(std::all_of(taken.begin(), taken.end(), [](int count) { return count == 1; }));
}
