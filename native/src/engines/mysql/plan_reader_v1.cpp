// EXPLAIN FORMAT=JSON, version 1 ("EXPLAIN Output Format" and "EXPLAIN Output Columns", MySQL 8.0
// and 8.4 manuals). Costs are strings; `prefix_cost` is that of the join up to and with a table,
// `rows_produced_per_join` the rows that the join has after it.

#include "engines/mysql/plan_blocks.h"
#include "engines/mysql/plan_readers.h"

namespace mydba::mysql {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

constexpr BlockOperator operators[] = {
    {"query_block", "Query block", PlanCategory::other},
    {"query_specifications", "", PlanCategory::other},
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
    {"attached_subqueries", "Subquery", PlanCategory::subquery},
    {"select_list_subqueries", "Subquery in select list", PlanCategory::subquery},
    {"having_subqueries", "Subquery in HAVING", PlanCategory::subquery},
    {"group_by_subqueries", "Subquery in GROUP BY", PlanCategory::subquery},
    {"order_by_subqueries", "Subquery in ORDER BY", PlanCategory::subquery},
    {"update_value_subqueries", "Subquery in SET", PlanCategory::subquery},
    {"optimized_away_subqueries", "Subquery, optimized away", PlanCategory::subquery},
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

void readTable(const PlanJson& table, PlanNode& node) {
  if (text(table, "access_type") != "range") node.condition = lookup(table);
  node.filter = text(table, "attached_condition");
  node.estimatedRows = number(table, "rows_produced_per_join");
  const auto examined = number(table, "rows_examined_per_scan");
  if (!node.estimatedRows && examined)
    node.estimatedRows = *examined * number(table, "filtered").value_or(100) / 100;
  if (examined)
    node.extra.push_back(
        {"rows_examined_per_scan", flat(table["rows_examined_per_scan"]).value_or("")});
  const auto read = number(costs(table), "read_cost"), evaluate = number(costs(table), "eval_cost");
  if (!read || !evaluate) return;
  node.totalCost = *read + *evaluate;
  for (const auto& child : node.children) *node.totalCost += child.totalCost.value_or(0);
}

void readOperator(const PlanJson& object, PlanNode& node) {
  node.totalCost = number(costs(object), "query_cost");
  if (!node.totalCost && node.children.size() == 1) {
    const auto sort = number(costs(object), "sort_cost").value_or(0);
    if (node.children[0].totalCost) node.totalCost = *node.children[0].totalCost + sort;
  }
  const bool keepsRows = node.category == PlanCategory::sort ||
                         node.category == PlanCategory::materialize ||
                         node.operation == "Query block";
  if (keepsRows && node.children.size() == 1) node.estimatedRows = node.children[0].estimatedRows;
}

void readJoin(const PlanJson& inputs, PlanNode& node) {
  for (const auto& input : inputs) {
    const auto table = input.is_object() ? input.find("table") : input.end();
    if (table == input.end() || !table->is_object()) continue;
    if (const auto rows = number(*table, "rows_produced_per_join")) node.estimatedRows = rows;
    if (const auto cost = number(costs(*table), "prefix_cost")) node.totalCost = cost;
  }
}

constexpr BlockFormat format{operators, readTable, readOperator, readJoin, mapped};

}  // namespace

Result<protocol::PlanTree> readPlanV1(std::string_view json) {
  const auto document = parsePlan(json);
  if (!document) return document.error();
  auto root = readBlocks(*document, format);
  if (!root) return root.error();
  protocol::PlanTree tree;
  tree.format = protocol::PlanFormat::json;
  tree.root = std::move(*root);
  return tree;
}

}  // namespace mydba::mysql
