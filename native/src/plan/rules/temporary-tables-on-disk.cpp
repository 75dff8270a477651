#include "plan/rule.h"

namespace mydba::plan {
namespace {

constexpr Threshold thresholds[] = {{"runs", 5, "runs that were counted"},
                                    {"share", 0.5, "temporary tables on disk for each run"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const auto& known = grading.tree().statistics;
  if (!known || !known->calls || *known->calls < limits["runs"]) return {};
  const double tables = known->diskTemporaryTables.value_or(0);
  if (part(tables, *known->calls) < limits["share"]) return {};
  return {{.severity = protocol::Severity::warning,
           .message = "The " + groupedNumber(*known->calls) + " runs of this statement wrote " +
                      groupedNumber(tables) + " temporary tables to disk",
           .advice = "Rows are collected on disk when they need more than tmp_table_size in "
                     "memory, all of them together more than temptable_max_ram, or a kind of "
                     "column that memory cannot hold. Select fewer and shorter columns, or let an "
                     "index give the order of the GROUP BY. A higher limit takes memory for "
                     "every session that runs such a statement.",
           .evidence = {{"runs", groupedNumber(*known->calls)},
                        {"temporary tables on disk", groupedNumber(tables)}},
           .impact = protocol::FindingImpact{
               .ms = known->totalMs, .rows = std::nullopt, .share = std::nullopt}}};
}

}  // namespace

extern const Rule temporaryTablesOnDiskRule;
const Rule temporaryTablesOnDiskRule{"temporary-tables-on-disk", "Temporary tables on disk",
                                     thresholds, check};

}  // namespace mydba::plan
