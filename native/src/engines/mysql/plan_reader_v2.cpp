// EXPLAIN FORMAT=JSON, version 2 ("EXPLAIN Output Format", MySQL 9 manual,
// explain_json_format_version): one object for each iterator with its inputs, the same iterators as
// FORMAT=TREE shows.

#include "engines/mysql/plan_json.h"
#include "engines/mysql/plan_operations.h"
#include "engines/mysql/plan_readers.h"
#include "engines/mysql/plan_totals.h"

namespace mydba::mysql {
namespace {

using protocol::PlanNode;

constexpr int deepestStep = 200;

/// Members that have a field of their own in PlanNode.
bool isMapped(std::string_view name) {
  for (const std::string_view mapped :
       {"inputs", "inputs_from_select_list", "operation", "alias", "table_name", "index_name",
        "condition", "lookup_condition", "estimated_rows", "estimated_total_cost",
        "estimated_first_row_cost", "actual_rows", "actual_loops", "actual_last_row_ms", "heading"})
    if (name == mapped) return true;
  return false;
}

void readNames(const PlanJson& step, PlanNode& node) {
  if (const auto table = text(step, "table_name")) node.relation = table;
  const auto alias = text(step, "alias");
  if (alias && alias != node.relation) node.alias = alias;
  if (const auto index = text(step, "index_name")) node.index = index;
  if (const auto lookup = text(step, "lookup_condition")) node.condition = lookup;
  if (const auto condition = text(step, "condition"))
    (node.category == protocol::PlanCategory::join ? node.condition : node.filter) = condition;
}

void readNumbers(const PlanJson& step, bool analyzed, PlanNode& node) {
  node.estimatedRows = number(step, "estimated_rows");
  node.totalCost = number(step, "estimated_total_cost");
  node.startupCost = number(step, "estimated_first_row_cost");
  node.actualRows = number(step, "actual_rows");
  node.loops = number(step, "actual_loops");
  node.totalMs = number(step, "actual_last_row_ms");
  if (analyzed && node.loops.value_or(0) == 0) node.neverExecuted = true;
}

PlanNode readStep(const PlanJson& step, bool analyzed, int depth) {
  PlanNode node;
  describeOperation(text(step, "operation").value_or("(unnamed step)"), node);
  describeHeading(text(step, "heading").value_or(""), node);
  readNames(step, node);
  readNumbers(step, analyzed, node);
  for (const auto& [name, value] : step.items())
    if (!isMapped(name)) keep(node, name, value);
  for (const char* inputs : {"inputs", "inputs_from_select_list"}) {
    const auto found = step.find(inputs);
    if (found == step.end() || !found->is_array() || depth >= deepestStep) continue;
    for (const auto& input : *found)
      if (input.is_object()) node.children.push_back(readStep(input, analyzed, depth + 1));
  }
  return node;
}

bool isAnalyzed(const PlanJson& step) {
  if (step.contains("actual_loops") || step.contains("actual_rows")) return true;
  const auto inputs = step.find("inputs");
  return inputs != step.end() && inputs->is_array() && !inputs->empty() &&
         inputs->front().is_object() && isAnalyzed(inputs->front());
}

}  // namespace

Result<protocol::PlanTree> readPlanV2(std::string_view json) {
  const auto document = parsePlan(json);
  if (!document) return document.error();
  const auto plan = document->find("query_plan");
  if (plan == document->end() || !plan->is_object()) return notAPlan("there is no query_plan");
  protocol::PlanTree tree;
  tree.format = protocol::PlanFormat::json;
  tree.analyzed = isAnalyzed(*plan);
  tree.root = readStep(*plan, tree.analyzed, 0);
  totalOverLoops(tree.root);
  if (tree.analyzed) tree.executionMs = tree.root.totalMs;
  for (const auto& [name, value] : document->items())
    if (name != "query_plan" && name != "query")
      if (const auto written = flat(value)) tree.settings.push_back({name, *written});
  return tree;
}

Result<protocol::PlanTree> readMysqlJson(std::string_view json) {
  const auto document = parsePlan(json);
  if (!document) return document.error();
  return document->contains("query_plan") ? readPlanV2(json) : readPlanV1(json);
}

}  // namespace mydba::mysql
