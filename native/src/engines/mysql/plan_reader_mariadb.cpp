// MariaDB's EXPLAIN FORMAT=JSON and ANALYZE FORMAT=JSON ("ANALYZE FORMAT=JSON", MariaDB
// documentation). `rows` and `r_rows` are of one loop and before the filter, `filtered` and
// `r_filtered` the per cent that is left; `r_loops` counts loops; every `r_…_time_ms` is already a
// total over them. `cost` and `loops` came with MariaDB 11.

#include <algorithm>

#include "engines/mysql/plan_blocks.h"
#include "engines/mysql/plan_readers.h"

namespace mydba::mysql {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

constexpr BlockOperator operators[] = {
    {"query_block", "Query block", PlanCategory::other},
    {"query_specifications", "", PlanCategory::other},
    {"union_result", "Union", PlanCategory::set},
    {"recursive_union", "Recursive union", PlanCategory::set},
    {"filesort", "Sort", PlanCategory::sort},
    {"sorts", "", PlanCategory::sort},
    {"read_sorted_file", "", PlanCategory::other},
    {"temporary_table", "Temporary table", PlanCategory::materialize},
    {"materialized", "Materialize", PlanCategory::materialize},
    {"duplicates_removal", "Remove duplicates", PlanCategory::aggregate},
    {"duplicate_removal", "Remove duplicates", PlanCategory::aggregate},
    {"window_functions_computation", "Window functions", PlanCategory::aggregate},
    {"block-nl-join", "Block nested loop join", PlanCategory::join},
    // Around a table, and only then (Explain_table_access in MariaDB's sql_explain.cc).
    {"range-checked-for-each-record", "Range checked for each record", PlanCategory::other},
    {"full-scan-on-null_key", "Full scan on a NULL key", PlanCategory::other},
    {"subqueries", "", PlanCategory::subquery},
    {"subquery_cache", "Subquery", PlanCategory::subquery},
    {"expression_cache", "Subquery", PlanCategory::subquery},
    {"insert", "Insert", PlanCategory::modify},
};

constexpr std::string_view mapped[] = {
    "table_name", "key",  "attached_condition", "rows",       "r_rows",          "r_loops",
    "loops",      "cost", "filtered",           "r_filtered", "r_total_time_ms", "r_output_rows"};

std::string joined(const PlanJson& table, const char* member) {
  const auto found = table.find(member);
  return found == table.end() ? std::string() : flat(*found).value_or("");
}

double sumOfTimes(const PlanNode& node) {
  double sum = 0;
  for (const auto& child : node.children) sum += child.totalMs.value_or(0);
  return sum;
}

/// What was measured of a table.
void readMeasured(const PlanJson& table, PlanNode& node) {
  node.loops = number(table, "r_loops");
  if (!node.loops) return;
  if (*node.loops == 0) {
    node.neverExecuted = true;
    return;
  }
  const auto read = times(number(table, "r_rows"), node.loops);
  if (read) {
    const double kept = number(table, "r_filtered").value_or(100) / 100;
    node.actualRows = *read * kept;
    if (node.filter) node.rowsRemoved = *read * (1 - kept);
    if (*node.loops > 1) node.approximate = true;
  }
  const auto access = number(table, "r_table_time_ms"), other = number(table, "r_other_time_ms");
  if (access || other)
    node.totalMs = access.value_or(0) + other.value_or(0) + sumOfTimes(node);
  else
    node.totalMs = number(table, "r_total_time_ms");
}

void readTable(const PlanJson& table, PlanNode& node) {
  const auto parts = joined(table, "used_key_parts"), ref = joined(table, "ref");
  if (!ref.empty() && ref != "func") node.condition = parts + " = " + ref;
  if (const auto pushed = text(table, "index_condition")) node.condition = pushed;
  node.filter = text(table, "attached_condition");
  const auto rows = number(table, "rows");
  if (rows)
    node.estimatedRows =
        *rows * number(table, "filtered").value_or(100) / 100 * number(table, "loops").value_or(1);
  node.totalCost = number(table, "cost");
  readMeasured(table, node);
}

void readOperator(const PlanJson& object, PlanNode& node) {
  node.totalCost = number(object, "cost");
  node.loops = number(object, "r_loops");
  if (node.loops == 0.0) node.neverExecuted = true;
  node.actualRows = times(number(object, "r_output_rows"), node.loops);
  if (!node.actualRows) node.actualRows = times(number(object, "r_rows"), node.loops);
  const bool keepsRows =
      node.category == PlanCategory::materialize || node.category == PlanCategory::other;
  if (keepsRows && node.children.size() == 1) {
    if (!node.actualRows) node.actualRows = node.children[0].actualRows;
    node.estimatedRows = node.children[0].estimatedRows;
  }
  if (node.category == PlanCategory::sort && node.children.size() == 1)
    node.estimatedRows = node.children[0].estimatedRows;
  const double inside = sumOfTimes(node);
  const auto own = number(object, "r_total_time_ms");
  // Sorting a temporary table starts when that is filled; sorting a table reads it.
  const bool afterwards = node.category == PlanCategory::sort && !node.children.empty() &&
                          node.children[0].category == PlanCategory::materialize;
  if (own) node.totalMs = afterwards ? *own + inside : std::max(*own, inside);
  if (!own && inside > 0) node.totalMs = inside;
}

/// MariaDB 10 gives rows of one loop only; the loops are the rows of the tables before.
void readJoin(const PlanJson& inputs, PlanNode& node) {
  double loops = 1;
  for (std::size_t i = 0; i < node.children.size() && i < inputs.size(); ++i) {
    auto& child = node.children[i];
    const auto table = inputs[i].is_object() ? inputs[i].find("table") : inputs[i].end();
    const bool multiplied =
        table != inputs[i].end() && table->is_object() && table->contains("loops");
    if (child.estimatedRows && !multiplied) *child.estimatedRows *= loops;
    loops = child.estimatedRows.value_or(loops);
  }
  if (node.children.empty()) return;
  const auto& last = node.children.back();
  node.estimatedRows = last.estimatedRows;
  node.actualRows = last.actualRows;
  node.approximate = last.approximate;
  node.loops = node.children.front().loops;
  if (node.loops == 0.0) node.neverExecuted = true;
  const double inside = sumOfTimes(node);
  if (inside > 0) node.totalMs = inside;
  double cost = 0;
  for (const auto& child : node.children) cost += child.totalCost.value_or(0);
  if (cost > 0) node.totalCost = cost;
}

constexpr BlockFormat format{operators, readTable, readOperator, readJoin, mapped};

}  // namespace

Result<protocol::PlanTree> readMariadbPlan(std::string_view json) {
  const auto document = parsePlan(json);
  if (!document) return document.error();
  auto root = readBlocks(*document, format);
  if (!root) return root.error();
  protocol::PlanTree tree;
  tree.format = protocol::PlanFormat::json;
  tree.root = std::move(*root);
  const auto block = document->find("query_block");
  const auto planning = document->find("query_optimization");
  if (planning != document->end() && planning->is_object())
    tree.planningMs = number(*planning, "r_total_time_ms");
  tree.analyzed = tree.planningMs.has_value() || block->contains("r_loops");
  if (tree.analyzed) tree.executionMs = tree.root.totalMs;
  return tree;
}

}  // namespace mydba::mysql
