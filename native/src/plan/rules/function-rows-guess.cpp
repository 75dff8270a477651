#include <algorithm>
#include <cstdio>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"factor", 10, "times more or fewer rows than planned"},
                                    {"rows", 1000, "rows, planned or counted, whichever are more"}};

constexpr std::string_view covered[] = {"row-estimate-off"};

std::string rowsSetting(double rows) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f", std::min(std::max(rows, 1.0), 1e9));
  return text;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (node.operation.find("Function Scan") == std::string::npos || !node.relation) continue;
    if (!node.estimateRatio || !node.estimatedRows || !node.actualRows) continue;
    const double loops = std::max(node.loops.value_or(1), 1.0);
    const double planned = *node.estimatedRows / loops, came = *node.actualRows / loops;
    const double factor = std::max(*node.estimateRatio, 1 / *node.estimateRatio);
    // What CREATE FUNCTION assumes of a function that returns a set.
    const bool guessed = planned == 1000 || planned == 100;
    if (!guessed || factor < limits["factor"] || std::max(planned, came) < limits["rows"]) continue;
    seen.push_back(
        {.node = &node,
         .severity = Severity::warning,
         .message = describe(node) + " was planned for " + groupedNumber(planned) +
                    " rows, which is assumed of every function, and gave " + counted(node, came),
         .advice = "Tell the planner how many rows the function returns, or give it a support "
                   "function; a plain SQL function in one statement may be merged instead.",
         .remedies = {{.title =
                           "ALTER FUNCTION " + *node.relation + "(…) ROWS " + rowsSetting(came),
                       .tradeOff = "One number for all calls: it is wrong where the rows depend on "
                                   "the arguments."}},
         .evidence = {{"planned rows", groupedNumber(planned)}, {"rows", counted(node, came)}}});
  }
  return seen;
}

}  // namespace

extern const Rule functionRowsGuessRule;
const Rule functionRowsGuessRule{"function-rows-guess", "Rows of a function are a default guess",
                                 thresholds, check, covered};

}  // namespace mydba::plan
