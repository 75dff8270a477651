#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    // Below this a full read is the right plan: a few pages, often cheaper than an index.
    {"rows", 1000, "rows read, from which it is reported"},
    // From here a full read is felt by everybody on the server.
    {"critical-rows", 1000000, "rows read, from which it is critical"}};

/// Rows that the scan reads, as far as the plan says. An engine that says nothing gets no severity
/// from size.
std::optional<double> rowsRead(const PlanNode& node) {
  const auto out = node.actualRows ? node.actualRows : node.estimatedRows;
  if (!out) return std::nullopt;
  return *out + node.rowsRemoved.value_or(0);
}

/// A scan that nothing narrows is what was asked for; one with a filter could use an index.
bool couldUseIndex(const PlanNode& scan, const PlanNode* parent) {
  if (scan.filter || scan.rowsRemoved.value_or(0) > 0) return true;
  return parent && parent->category == protocol::PlanCategory::filter;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const auto& [step, parent] : grading.live()) {
    const PlanNode& node = *step;
    if (node.category != protocol::PlanCategory::scan || !node.relation) continue;
    // `<temporary>`, `<derived2>`: MySQL's own, made for this statement; nobody can index them.
    if (node.relation->starts_with('<')) continue;
    const auto rows = rowsRead(node);
    if (rows && *rows < limits["rows"]) continue;
    Observation observation{
        .node = &node, .severity = Severity::info, .message = {}, .advice = {}, .evidence = {}};
    if (couldUseIndex(node, parent))
      observation.severity =
          rows && *rows >= limits["critical-rows"] ? Severity::critical : Severity::warning;
    observation.message = describe(node) + " reads every row";
    if (rows) observation.message += " (" + groupedNumber(*rows) + ")";
    if (node.filter) observation.message += " to test " + *node.filter;
    observation.advice =
        node.filter
            ? "Create an index on the columns of the filter, if it keeps a small part of the rows. "
              "Each index makes writes slower and takes space."
            : "If fewer rows are needed, narrow them with a condition or a LIMIT; if all are "
              "needed, "
              "this is the cheapest way to read them.";
    if (rows) observation.evidence = {{"rows read", groupedNumber(*rows)}};
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule fullTableScanRule;
const Rule fullTableScanRule{"full-table-scan", "Full table scan", thresholds, check};

}  // namespace mydba::plan
