// Numbers of measured plans against numbers of the same server: rows of a step over all of its
// loops and processes against COUNT, own times of all steps against the time of the whole.

#include <array>
#include <cmath>
#include <set>

#include "native/engines/postgres/live.h"
#include "plan/derive.h"
#include "plan/walk.h"

using namespace mydba;
using namespace mydba::test;

namespace {

constexpr std::array setup = {
    "DROP SCHEMA IF EXISTS plan_counts CASCADE",
    "CREATE SCHEMA plan_counts",
    "SET search_path = plan_counts",
    "CREATE TABLE customers AS SELECT i AS id, i % 5 AS land FROM generate_series(1, 200) i",
    "ALTER TABLE customers ADD PRIMARY KEY (id)",
    "CREATE TABLE orders AS SELECT i AS id, 1 + i % 200 AS customer, i % 40 AS total FROM "
    "generate_series(1, 20000) i",
    "ALTER TABLE orders ADD PRIMARY KEY (id)",
    "CREATE INDEX ON orders (customer)",
    "CREATE TABLE parts (id int, land int) PARTITION BY LIST (land)",
    "CREATE TABLE part_a PARTITION OF parts FOR VALUES IN (0, 1)",
    "CREATE TABLE part_b PARTITION OF parts DEFAULT",
    "INSERT INTO parts SELECT i, i % 5 FROM generate_series(1, 10000) i",
    "VACUUM ANALYZE customers",
    "VACUUM ANALYZE orders",
    "ANALYZE parts",
    "SET max_parallel_workers_per_gather = 0",
};

/// All rows that the steps with an alias give, and the statement that counts them.
struct Count {
  const char* alias;
  const char* sql;
};

struct Case {
  const char* sql;
  std::vector<Count> counts;
  std::vector<const char*> settings = {};
};

const std::vector<const char*> parallel = {
    "max_parallel_workers_per_gather = 2", "parallel_setup_cost = 0", "parallel_tuple_cost = 0",
    "min_parallel_table_scan_size = 0", "min_parallel_index_scan_size = 0"};
const std::vector<const char*> loops = {"enable_hashjoin = off", "enable_mergejoin = off",
                                        "enable_memoize = off", "enable_material = off"};

const std::array cases = {
    Case{"SELECT * FROM orders o WHERE o.total = 7",
         {{"o", "SELECT count(*) FROM orders WHERE total = 7"}}},
    Case{"SELECT * FROM orders o WHERE o.customer = 7",
         {{"o", "SELECT count(*) FROM orders WHERE customer = 7"}}},
    Case{"SELECT o.id FROM orders o WHERE o.id BETWEEN 100 AND 900",
         {{"o", "SELECT 801"}},
         {"enable_bitmapscan = off"}},
    Case{"SELECT * FROM customers c JOIN orders o ON o.customer = c.id WHERE c.land = 3",
         {{"c", "SELECT count(*) FROM customers WHERE land = 3"},
          {"o",
           "SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer WHERE land = 3"}},
         loops},
    Case{"SELECT * FROM customers c JOIN orders o ON o.customer = c.id WHERE c.land = 3",
         {{"o", "SELECT count(*) FROM orders"}},
         {"enable_nestloop = off", "enable_mergejoin = off"}},
    Case{"SELECT * FROM customers c JOIN orders o ON o.customer = c.id ORDER BY c.id",
         {{"c", "SELECT count(*) FROM customers"}},
         {"enable_nestloop = off", "enable_hashjoin = off"}},
    Case{"SELECT * FROM customers c JOIN orders o ON o.customer = c.id WHERE c.land = 9",
         {{"c", "SELECT 0"}, {"o", "SELECT 0"}},
         loops},
    Case{"SELECT * FROM orders o WHERE o.total > (SELECT avg(p.total) FROM orders p)",
         {{"p", "SELECT count(*) FROM orders"},
          {"o", "SELECT count(*) FROM orders WHERE total > (SELECT avg(total) FROM orders)"}}},
    Case{
        "SELECT c.id, (SELECT max(o.total) FROM orders o WHERE o.customer = c.id) FROM customers c",
        {{"c", "SELECT count(*) FROM customers"}, {"o", "SELECT count(*) FROM orders"}}},
    Case{"WITH x AS MATERIALIZED (SELECT * FROM orders o WHERE o.total < 2) SELECT a.id FROM x a "
         "JOIN x b USING (id)",
         {{"o", "SELECT count(*) FROM orders WHERE total < 2"},
          {"a", "SELECT count(*) FROM orders WHERE total < 2"},
          {"b", "SELECT count(*) FROM orders WHERE total < 2"}}},
    Case{"WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 50) SELECT * "
         "FROM r x",
         {{"x", "SELECT 50"}}},
    Case{"SELECT * FROM parts p WHERE p.land > 0",
         {{"p_1", "SELECT count(*) FROM part_a WHERE land > 0"},
          {"p_2", "SELECT count(*) FROM part_b"}}},
    Case{"SELECT c.id FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer = c.id "
         "AND o.total = 39)",
         {{"c", "SELECT count(*) FROM customers"}}},
    Case{"SELECT c.id FROM customers c WHERE NOT EXISTS (SELECT FROM orders o WHERE o.customer = "
         "c.id AND o.total = 39)",
         {}},
    Case{
        "SELECT c.id, l.id FROM customers c, LATERAL (SELECT o.id FROM orders o WHERE o.customer = "
        "c.id LIMIT 3) l",
        {{"o", "SELECT 3 * count(*) FROM customers"}}},
    Case{
        "SELECT o.total, count(*), sum(sum(o.id)) OVER (ORDER BY o.total) FROM orders o GROUP BY 1",
        {{"o", "SELECT count(*) FROM orders"}}},
    Case{"SELECT DISTINCT o.customer FROM orders o ORDER BY 1 LIMIT 10 OFFSET 5", {}},
    Case{"SELECT id FROM customers c UNION SELECT total FROM orders o",
         {{"c", "SELECT count(*) FROM customers"}, {"o", "SELECT count(*) FROM orders"}}},
    Case{"SELECT id FROM customers c EXCEPT SELECT total FROM orders o", {}},
    Case{"SELECT * FROM orders o JOIN customers c ON c.id = o.customer WHERE o.id <= 4000",
         {{"o", "SELECT 4000"}},
         {"enable_hashjoin = off", "enable_mergejoin = off"}},
    Case{"SELECT * FROM customers c FULL JOIN orders o ON o.id = c.id",
         {{"o", "SELECT count(*) FROM orders"}, {"c", "SELECT count(*) FROM customers"}}},
    Case{"SELECT g, v FROM generate_series(1, 30) g JOIN (VALUES (3), (4)) AS v (v) ON v.v = g",
         {{"g", "SELECT 30"}}},
    Case{"DELETE FROM orders o WHERE o.total = 3 RETURNING o.id",
         {{"o", "SELECT 2 * count(*) FROM orders WHERE total = 3"}}},
    Case{
        "WITH gone AS (DELETE FROM orders o WHERE o.total = 4 RETURNING o.id) SELECT * FROM gone g",
        {{"g", "SELECT count(*) FROM orders WHERE total = 4"}}},
    Case{"SELECT * FROM orders o WHERE o.total = 7",
         {{"o", "SELECT count(*) FROM orders WHERE total = 7"}},
         parallel},
    Case{"SELECT o.total, count(*) FROM orders o GROUP BY 1",
         {{"o", "SELECT count(*) FROM orders"}},
         parallel},
    Case{"SELECT * FROM orders o JOIN orders p ON p.id = o.id WHERE p.total = 3",
         {{"p", "SELECT count(*) FROM orders WHERE total = 3"}},
         parallel},
    Case{"SELECT * FROM orders o ORDER BY o.total",
         {{"o", "SELECT count(*) FROM orders"}},
         parallel},
    Case{"SELECT count(*) FROM parts p",
         {{"p_1", "SELECT count(*) FROM part_a"}, {"p_2", "SELECT count(*) FROM part_b"}},
         parallel},
};

/// How far rows may be off: before version 18 those of one loop are rounded to whole ones.
double rounding(const protocol::PlanNode& node, int version) {
  const double runs = node.loops.value_or(1);
  return runs > 1 ? runs * (version >= 180000 ? 0.005 : 0.5) : 0;
}

struct Seen {
  int plans = 0, counts = 0, exact = 0, within = 0;
  std::set<std::string> steps;
};

void checkCount(Connection& c, const protocol::PlanTree& tree, const Count& count, Seen& seen) {
  double rows = 0, allowed = 0;
  bool found = false;
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    if (node.alias.value_or(node.relation.value_or("")) != count.alias) return;
    found = true;
    rows += node.actualRows.value_or(0);
    allowed += rounding(node, static_cast<int>(c.server().versionNumber));
  });
  INFO(count.alias << " has " << rows << " rows");
  CHECK(found);
  const double truth = std::stod(valueOf(c, count.sql));
  CHECK(std::abs(rows - truth) <= allowed + 1e-6);
  ++seen.counts;
  seen.exact += rows == truth;
}

void checkTimes(protocol::PlanTree tree, Seen& seen) {
  plan::derive(tree);
  double own = 0, nodes = 0;
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    own += node.selfMs.value_or(0);
    ++nodes;
    seen.steps.insert(node.operation);
    if (node.role == protocol::PlanRole::initplan) seen.steps.insert("initplan");
    if (node.role == protocol::PlanRole::subplan) seen.steps.insert("subplan");
    if (node.neverExecuted.value_or(false)) seen.steps.insert("never executed");
  });
  const double off = std::abs(own - *tree.root.totalMs);
  // The server writes microseconds.
  CHECK(off <= std::max(0.01 * *tree.root.totalMs, 0.001 * nodes));
  seen.within += off <= 0.01 * *tree.root.totalMs;
}

void measureAll(Connection& c, Seen& seen) {
  for (const Case& one : cases) {
    INFO(one.sql);
    runOn(c, "BEGIN");
    for (const char* setting : one.settings) runOn(c, std::string("SET LOCAL ") + setting);
    const auto tree = c.explainer()->explain(unchecked(one.sql), true, {});
    runOn(c, "COMMIT");
    REQUIRE(tree);
    ++seen.plans;
    checkTimes(*tree, seen);
    for (const Count& count : one.counts) checkCount(c, *tree, count, seen);
    if (std::string_view(one.sql).find("DELETE") != std::string_view::npos) continue;
    CHECK(tree->root.actualRows ==
          std::stod(valueOf(c, "SELECT count(*) FROM (" + std::string(one.sql) + ") counted")));
  }
}

}  // namespace

TEST_CASE("postgres: a hundred measured plans have the rows that COUNT counts",
          "[postgres][plan]") {
  Seen seen;
  int servers = 0;
  for (const char* variable :
       {"MYDBA_TEST_POSTGRES", "MYDBA_TEST_POSTGRES_14", "MYDBA_TEST_POSTGRES_16",
        "MYDBA_TEST_POSTGRES_17", "MYDBA_TEST_POSTGRES_18"}) {
    INFO(variable);
    const auto c = connectionOf(variable);
    if (!c) continue;
    ++servers;
    for (const char* sql : setup) runOn(*c, sql);
    measureAll(*c, seen);
    runOn(*c, "DROP SCHEMA plan_counts CASCADE");
  }
  if (servers == 0) return;
  WARN(seen.plans << " plans of " << servers << " servers: own times make the whole within 1 % in "
                  << seen.within << ", in the rest within the microseconds that the server writes; "
                  << seen.exact << " of " << seen.counts
                  << " counts exact, the rest within what it rounds");
  CHECK(seen.plans == servers * static_cast<int>(cases.size()));
  for (const char* step : {"Nested Loop", "Hash Join", "Merge Join", "Gather", "Gather Merge",
                           "Parallel Seq Scan", "CTE Scan", "Append", "initplan", "subplan",
                           "never executed", "Memoize", "Bitmap Heap Scan", "Recursive Union"})
    CHECK(seen.steps.contains(step));
}
