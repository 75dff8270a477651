#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"rows", 10000, "rows looked at by all steps together"},
    {"factor", 100, "rows looked at for each row that is returned"}};

bool readsTable(const PlanNode& node) {
  return node.relation && !node.relation->starts_with('<') && node.children.empty();
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  double read = 0;
  int tables = 0;
  for (const Step& step : grading.live()) {
    // A sum over many rows is one row, rightly.
    if (step.node->category == PlanCategory::aggregate) return {};
    if (!readsTable(*step.node)) continue;
    // Engines that do not plan with the rows looked at are judged step by step.
    if (!step.node->estimatedRead) return {};
    read += step.node->actualRead.value_or(*step.node->estimatedRead);
    ++tables;
  }
  // Of one table, the rules about its access say the same and where.
  if (tables < 2) return {};
  const PlanNode& root = grading.tree().root;
  const auto out = root.actualRows ? root.actualRows : root.estimatedRows;
  if (!out || read < limits["rows"] || read < limits["factor"] * std::max(*out, 1.0)) return {};
  const std::string looked = groupedNumber(read), returned = groupedNumber(*out);
  const bool measured = root.actualRows.has_value();
  return {{.severity = Severity::info,
           .confidence = measured ? protocol::Confidence::certain : protocol::Confidence::likely,
           .message = "The statement " + std::string(measured ? "looked" : "looks") + " at " +
                      looked + " rows to return " + returned,
           .advice =
               "Let an index find the rows: one that begins with the columns that keep the fewest. "
               "It takes space and makes writes to its table slower.",
           .evidence = {{"rows looked at", looked}, {"rows returned", returned}},
           .impact = protocol::FindingImpact{
               .ms = std::nullopt, .rows = read - *out, .share = std::nullopt}}};
}

}  // namespace

extern const Rule manyRowsExaminedRule;
const Rule manyRowsExaminedRule{"many-rows-examined", "Many rows looked at for few", thresholds,
                                check};

}  // namespace mydba::plan
