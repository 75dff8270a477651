#include "plan/condition_columns.h"
#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] =
    {  // Below this a full read is the right plan: a few pages, often cheaper than an index.
        {"rows", 1000, "rows read, from which it is reported"},
        // From here a full read is felt by everybody on the server.
        {"critical-rows", 1000000, "rows read, from which it is critical"},
        // Where more is kept, reading it through an index costs more than reading all.
        {"kept", 0.5,
         "part of the rows that the filter keeps, up to which an index helps, 0 to 1"}};

/// Rows that the scan reads, as far as the plan says. An engine that says nothing gets no severity
/// from size.
std::optional<double> rowsRead(const PlanNode& node) {
  if (node.actualRead) return node.actualRead;
  if (node.estimatedRead && !node.actualRows) return node.estimatedRead;
  const auto out = rowsOut(node);
  if (!out) return std::nullopt;
  return *out + node.rowsRemoved.value_or(0);
}

/// A function, a CTE or a list of values is read in full because there is no other way.
bool readsTable(const PlanNode& node) {
  for (const char* made : {"Function", "CTE", "WorkTable", "Tuplestore", "Values"})
    if (node.operation.find(made) != std::string::npos) return false;
  return true;
}

/// A scan that nothing narrows is what was asked for; one with a filter could use an index.
bool narrows(const Step& step) {
  return step.node->filter || step.node->rowsRemoved.value_or(0) > 0 ||
         &testerOf(step) != step.node;
}

void proposeIndex(const Grading& grading, const Step& step, bool large, Observation& observation) {
  const PlanNode& node = *step.node;
  observation.severity = large ? Severity::critical : Severity::warning;
  if (!node.actualRows) observation.confidence = Confidence::likely;
  const auto columns = filterColumns(grading.tree(), node, testerOf(step));
  const auto keys = columns.forIndex();
  observation.advice =
      "Create an index on the columns of the filter, if it keeps a small part of the rows. "
      "Each index makes writes slower and takes space.";
  if (const auto* index = indexOn(grading, node, keys)) {
    observation.confidence = Confidence::possible;
    observation.advice = "The index " + index->name +
                         " would serve it and was not chosen: refresh the statistics, and see "
                         "whether the planner's costs fit this server's disks.";
    propose(observation, refreshStatistics(grading, node));
  } else if (keys.empty() && !columns.wrapped.empty()) {
    observation.advice = "An index cannot serve the filter as it is written.";
  }
  propose(observation, createIndex(grading, node, keys));
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    // `<temporary>`, `<derived2>`: MySQL's own, made for this statement; nobody can index them.
    if (node.category != PlanCategory::scan || !node.relation) continue;
    if (node.relation->starts_with('<') || !readsTable(node)) continue;
    const PlanNode& tester = testerOf(step);
    const auto rows = rowsRead(node);
    if (rows && *rows < limits["rows"]) continue;
    Observation observation{.node = &node, .message = describe(node) + " reads every row"};
    if (rows) observation.message += " (" + counted(node, *rows) + ")";
    if (tester.filter) observation.message += " to test " + *tester.filter;
    const auto kept =
        rows && tester.actualRows ? std::optional(part(*tester.actualRows, *rows)) : std::nullopt;
    if (kept && *kept < 1) observation.message += ", and keeps " + percent(*kept);
    if (!narrows(step))
      observation.advice =
          "If fewer rows are needed, narrow them with a condition or a LIMIT; if all are needed, "
          "this is the cheapest way to read them.";
    else if (kept && *kept > limits["kept"])
      observation.advice = "The filter keeps most of the rows, so no index would make it faster.";
    else
      proposeIndex(grading, step, rows.value_or(0) >= limits["critical-rows"], observation);
    if (rows) observation.evidence = {{"rows read", counted(node, *rows)}};
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule fullTableScanRule;
const Rule fullTableScanRule{"full-table-scan", "Full table scan", thresholds, check};

}  // namespace mydba::plan
