#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanNode;

constexpr Threshold thresholds[] = {
    {"rows", 1000, "rows read"},
    // Where more is kept, MySQL's own rule of thumb prefers to read the table.
    {"kept", 0.2, "part of the rows that is expected to be left, from which a scan is right"}};
constexpr std::string_view covered[] = {"full-table-scan"};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const std::string keys(extra(node, "possible_keys"));
    if (keys.empty() || node.index || extra(node, "access_type") != "ALL" || !node.filter) continue;
    // The first table of a join also names those that only the join could use.
    if (node.role == protocol::PlanRole::outer) continue;
    const auto read = node.actualRead ? node.actualRead : node.estimatedRead;
    const auto kept = node.actualRows ? node.actualRows : node.estimatedRows;
    if (!read || !kept || *read < limits["rows"]) continue;
    const double part = *kept / *read;
    const bool many = part >= limits["kept"];
    seen.push_back(
        {.node = &node,
         .severity = many ? protocol::Severity::info : protocol::Severity::warning,
         .confidence = many ? Confidence::certain : Confidence::possible,
         .message = describe(node) + " reads " + groupedNumber(*read) + " rows to keep " +
                    percent(part) + "; the index " + keys + " was considered and not used" +
                    (many ? ": so many rows are left that the table is read faster in whole" : ""),
         .advice =
             many ? "If fewer rows would do, narrow the condition; an index that holds all columns "
                    "in use would be read instead of the table."
                  : "Compare the column with a value of its own type and collation (a text column "
                    "with a text). If they fit, the other conditions keep few rows and this one "
                    "many: refresh the statistics, or index the columns of the condition together.",
         .evidence = {
             {"rows read", groupedNumber(*read)}, {"kept", percent(part)}, {"indexes", keys}}});
  }
  return seen;
}

}  // namespace

extern const Rule indexRejectedRule;
const Rule indexRejectedRule{"index-rejected", "Index not used", thresholds, check, covered};

}  // namespace mydba::plan
