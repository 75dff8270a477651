#include "plan/spans.h"

#include "native/catch.h"

using namespace mydba;

namespace {

protocol::PlanNode reads(std::string relation, std::string alias = {}) {
  protocol::PlanNode node;
  node.operation = "Scan";
  node.relation = std::move(relation);
  if (!alias.empty()) node.alias = std::move(alias);
  return node;
}

/// What of the statement each of the steps below the root stands for.
std::vector<std::string> places(std::string engine, std::string sql,
                                std::vector<protocol::PlanNode> steps) {
  protocol::PlanTree tree;
  tree.engine = std::move(engine);
  tree.sql = std::move(sql);
  tree.root.children = std::move(steps);
  plan::locate(tree);
  std::vector<std::string> found;
  for (const auto& step : tree.root.children)
    found.push_back(
        step.span ? tree.sql.substr(static_cast<std::size_t>(step.span->start),
                                    static_cast<std::size_t>(step.span->end - step.span->start))
                  : "");
  return found;
}

using Places = std::vector<std::string>;

}  // namespace

TEST_CASE("a step is found where the statement names its table, with the alias") {
  CHECK(places("postgres", "SELECT * FROM s.Orders AS o JOIN customers c ON c.id = o.c_id",
               {reads("customers", "c"), reads("orders", "o")}) ==
        Places{"customers c", "s.Orders AS o"});
  CHECK(places("mysql", "SELECT * FROM orders o, customers", {reads("o"), reads("customers")}) ==
        Places{"orders o", "customers"});
}

TEST_CASE("a table that is read twice has two places") {
  CHECK(places("postgres", "SELECT 1 FROM t a JOIN t b ON a.x = b.y WHERE a.z IN (SELECT z FROM t)",
               {reads("t", "b"), reads("t"), reads("t", "a")}) == Places{"t b", "t", "t a"});
  const Places both =
      places("postgres", "SELECT 1 FROM t UNION SELECT 2 FROM t WHERE x", {reads("t"), reads("t")});
  CHECK(both == Places{"t", "t"});
}

TEST_CASE("quoted names, other alphabets and words of the language are no obstacle") {
  CHECK(places("postgres", "SELECT * FROM \"\"\"; DROP\" WHERE 列 > 1 ", {reads("\"; DROP")}) ==
        Places{"\"\"\"; DROP\""});
  CHECK(places("mysql", "SELECT * FROM `列` WHERE 1", {reads("列")}) == Places{"`列`"});
}

TEST_CASE("what the statement does not name has no place") {
  CHECK(places("postgres", "SELECT * FROM a_view", {reads("t")}) == Places{""});
  CHECK(places("postgres", "", {reads("t")}) == Places{""});
  CHECK(places("nonsense", "SELECT * FROM t", {reads("t")}) == Places{""});
}
