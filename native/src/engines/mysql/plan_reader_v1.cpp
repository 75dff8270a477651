// EXPLAIN FORMAT=JSON, version 1 ("EXPLAIN Output Format" and "EXPLAIN Output Columns", MySQL 8.0
// and 8.4 manuals). Costs are strings; `prefix_cost` is that of the join up to and with a table,
// `rows_produced_per_join` the rows that the join has after it.

#include <algorithm>
#include <cmath>

#include "engines/mysql/plan_blocks.h"
#include "engines/mysql/plan_readers.h"
#include "engines/mysql/plan_totals.h"

namespace mydba::mysql {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::PlanRole;

constexpr BlockOperator operators[] = {
    {"query_block", "Query block", PlanCategory::other},
    {"query_specifications", "", PlanCategory::other, PlanRole::member},
    {"ordering_operation", "Sort", PlanCategory::sort},
    {"grouping_operation", "Group", PlanCategory::aggregate},
    {"duplicates_removal", "Remove duplicates", PlanCategory::aggregate},
    {"windowing", "Window", PlanCategory::aggregate},
    {"buffer_result", "Buffer result", PlanCategory::materialize},
    {"union_result", "Union", PlanCategory::set},
    {"intersect_result", "Intersect", PlanCategory::set},
    {"except_result", "Except", PlanCategory::set},
    {"materialized_from_subquery", "Materialize", PlanCategory::materialize},
    {"insert_from", "Rows to insert", PlanCategory::other},
    {"attached_subqueries", "Subquery", PlanCategory::subquery, PlanRole::subplan},
    {"select_list_subqueries", "Subquery in select list", PlanCategory::subquery,
     PlanRole::subplan},
    {"having_subqueries", "Subquery in HAVING", PlanCategory::subquery, PlanRole::subplan},
    {"group_by_subqueries", "Subquery in GROUP BY", PlanCategory::subquery, PlanRole::subplan},
    {"order_by_subqueries", "Subquery in ORDER BY", PlanCategory::subquery, PlanRole::subplan},
    {"update_value_subqueries", "Subquery in SET", PlanCategory::subquery, PlanRole::subplan},
    {"optimized_away_subqueries", "Subquery, optimized away", PlanCategory::subquery,
     PlanRole::subplan},
};

constexpr std::string_view mapped[] = {"table_name", "key", "attached_condition",
                                       "rows_examined_per_scan", "rows_produced_per_join"};

const PlanJson& costs(const PlanJson& object) {
  static const PlanJson none = PlanJson::object();
  const auto found = object.find("cost_info");
  return found != object.end() && found->is_object() ? *found : none;
}

/// `used_key_parts` beside `ref`: "customer_id = shop.c.id".
std::optional<std::string> lookup(const PlanJson& table) {
  const auto parts = table.find("used_key_parts"), refs = table.find("ref");
  if (parts == table.end() || refs == table.end() || !parts->is_array() || !refs->is_array())
    return {};
  std::string condition;
  for (std::size_t i = 0; i < parts->size() && i < refs->size(); ++i) {
    if (!(*parts)[i].is_string() || !(*refs)[i].is_string()) return {};
    if (i > 0) condition += " and ";
    condition += (*parts)[i].get<std::string>() + " = " + (*refs)[i].get<std::string>();
  }
  return condition.empty() ? std::nullopt : std::optional(condition);
}

/// Bytes of a row: what the join reads in all over its rows.
std::optional<double> width(const PlanJson& table) {
  const auto all = bytes(costs(table), "data_read_per_join");
  const auto rows = number(table, "rows_produced_per_join");
  return all && rows.value_or(0) >= 1 ? std::optional(std::round(*all / *rows)) : std::nullopt;
}

void readTable(const PlanJson& table, PlanNode& node) {
  node.condition = lookup(table);
  // A range over one value has a `ref` as well (seen in a DELETE); it names no column.
  if (text(table, "access_type") == "range" || !node.condition)
    node.condition = text(table, "index_condition");
  node.filter = text(table, "attached_condition");
  node.width = width(table);
  node.estimatedRead = number(table, "rows_examined_per_scan");
  node.estimatedRows = number(table, "rows_produced_per_join");
  if (!node.estimatedRows && node.estimatedRead)
    node.estimatedRows = *node.estimatedRead * number(table, "filtered").value_or(100) / 100;
  const auto read = number(costs(table), "read_cost"), evaluate = number(costs(table), "eval_cost");
  if (!read || !evaluate) return;
  node.totalCost = *read + *evaluate;
  for (const auto& child : node.children) *node.totalCost += child.totalCost.value_or(0);
}

/// `ordering_operation` and `grouping_operation` are there too when an index has the order.
void describeOrder(const PlanJson& object, PlanNode& node) {
  const auto sorts = object.find("using_filesort");
  if (node.category != PlanCategory::sort || sorts == object.end() || *sorts != PlanJson(false))
    return;
  node.operation = "Order, from an index";
  node.category = PlanCategory::other;
}

/// A sub-query that depends on nothing outside of it is run once.
void describeSubquery(const PlanJson& object, PlanNode& node) {
  const auto dependent = object.find("dependent"), cacheable = object.find("cacheable");
  const bool once = dependent != object.end() && *dependent == PlanJson(false) &&
                    cacheable != object.end() && *cacheable == PlanJson(true);
  if (node.category == PlanCategory::subquery && once) node.role = PlanRole::initplan;
}

void readOperator(const PlanJson& object, PlanNode& node) {
  describeOrder(object, node);
  describeSubquery(object, node);
  node.totalCost = number(costs(object), "query_cost");
  if (!node.totalCost && node.children.size() == 1) {
    const auto sort = number(costs(object), "sort_cost").value_or(0);
    if (node.children[0].totalCost) node.totalCost = *node.children[0].totalCost + sort;
  }
  const bool keepsRows = node.category == PlanCategory::sort ||
                         node.category == PlanCategory::materialize ||
                         node.category == PlanCategory::other;
  if (keepsRows && node.children.size() == 1) node.estimatedRows = node.children[0].estimatedRows;
}

/// A table is read once for each row of the tables before it, or once in all into a join buffer.
void readJoin(const PlanJson& inputs, PlanNode& node) {
  double loops = 1;
  for (std::size_t i = 0; i < inputs.size() && i < node.children.size(); ++i) {
    const PlanJson* table = tableOf(inputs[i]);
    if (!table) continue;
    auto& child = node.children[i];
    if (!table->contains("using_join_buffer"))
      child.estimatedRead = times(child.estimatedRead, loops);
    if (const auto rows = number(*table, "rows_produced_per_join")) node.estimatedRows = rows;
    if (const auto cost = number(costs(*table), "prefix_cost")) node.totalCost = cost;
    loops = node.estimatedRows.value_or(loops);
  }
}

/// A sub-query that depends on the row outside is given for one run of it. It runs for each row
/// that its table looks at, or for each that comes from beside it.
void totalUp(PlanNode& node) {
  double rows = node.relation ? node.estimatedRead.value_or(1) : 1;
  for (const PlanNode& child : node.children)
    if (child.role != PlanRole::subplan) rows = std::max(rows, child.estimatedRows.value_or(1));
  for (PlanNode& child : node.children) {
    totalUp(child);
    if (child.role == PlanRole::subplan) multiplyEstimates(child, rows);
  }
}

constexpr BlockFormat format{operators, readTable, readOperator, readJoin, mapped};

}  // namespace

Result<protocol::PlanTree> readPlanV1(std::string_view json) {
  const auto document = parsePlan(json);
  if (!document) return document.error();
  auto tree = readBlocks(*document, format);
  if (tree) totalUp(tree->root);
  return tree;
}

}  // namespace mydba::mysql
