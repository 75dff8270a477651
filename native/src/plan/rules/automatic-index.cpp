#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

/// What SQLite's `EXPLAIN QUERY PLAN` calls AUTOMATIC; MySQL names such indexes of derived tables
/// `<auto_key0>`, which cannot be made by hand.
std::vector<Observation> check(const Grading& grading, const Limits&) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (extra(node, "automatic index").empty() || !node.relation) continue;
    // What was computed for this statement cannot be indexed: the statement names no table there.
    if (!node.children.empty() || (!node.span && !grading.tree().sql.empty())) continue;
    seen.push_back(
        {.node = &node,
         .severity = protocol::Severity::warning,
         .confidence = protocol::Confidence::certain,
         .message = "An index of " + *node.relation + " is built for this statement" +
                    (node.condition ? " (" + *node.condition + ")" : std::string()) +
                    " and thrown away: all its rows are read and sorted each time it runs",
         .advice = "Create the index once, on the columns of that condition. It takes space and "
                   "makes writes slower; for a statement that runs rarely, leave it."});
  }
  return seen;
}

}  // namespace

extern const Rule automaticIndexRule;
const Rule automaticIndexRule{"automatic-index", "Index built for one statement", {}, check};

}  // namespace mydba::plan
