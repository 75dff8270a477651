#include <algorithm>

#include "plan/partitions.h"
#include "plan/rule.h"
#include "sql/token_list.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"calls", 100, "runs of the statement"},
    {"critical-calls", 1000, "the same, from which it is critical"},
    {"ms", 300000, "milliseconds of all runs"},
    {"critical-ms", 3600000, "the same, from which it is critical"}};

constexpr std::string_view covered[] = {"no-partition-pruning"};

bool names(const std::optional<std::string>& condition, const sql::Dialect& dialect,
           const std::vector<std::string>& columns) {
  if (!condition) return false;
  const sql::TokenList tokens(*condition, dialect);
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens.isName(at) &&
        std::find(columns.begin(), columns.end(), tokens.value(at)) != columns.end())
      return true;
  return false;
}

/// In a condition of the reads, or of the join that they are for.
bool asksFor(const Grading& grading, const PlanNode& node, const PartitionReads& partitions,
             const std::vector<std::string>& key) {
  const sql::Dialect* dialect = sql::findDialect(grading.tree().engine);
  if (!dialect) return true;
  const PlanNode* join = grading.parentOf(node);
  while (join && join->category != PlanCategory::join) join = grading.parentOf(*join);
  std::vector<const PlanNode*> places{partitions.reads.front()};
  if (join) places.push_back(join);
  return std::any_of(places.begin(), places.end(), [&](const PlanNode* place) {
    return names(place->condition, *dialect, key) || names(place->filter, *dialect, key);
  });
}

/// By how often the statement runs; when nobody counted, it is only worth a look.
std::optional<Severity> severityOf(const std::optional<protocol::StatementStatistics>& statistics,
                                   const Limits& limits) {
  if (!statistics) return Severity::info;
  const double calls = statistics->calls.value_or(0), ms = statistics->totalMs.value_or(0);
  if (calls >= limits["critical-calls"] || ms >= limits["critical-ms"]) return Severity::critical;
  if (calls >= limits["calls"] || ms >= limits["ms"]) return Severity::warning;
  return std::nullopt;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const auto partitions = partitionReads(grading, node);
    if (!partitions || !partitions->facts || !partitions->facts->partitionKey) continue;
    const auto& key = *partitions->facts->partitionKey;
    if (key.empty() || partitions->pruned > 0 || asksFor(grading, node, *partitions, key)) continue;
    const auto touched = static_cast<double>(partitions->reads.size());
    if (partitions->facts->partitions.value_or(0) > touched) continue;
    const auto severity = severityOf(grading.tree().statistics, limits);
    if (!severity) continue;
    const auto& known = grading.tree().statistics;
    Observation observation{
        .node = &node,
        .severity = *severity,
        .confidence = known ? Confidence::certain : Confidence::possible,
        .message = "The statement reads all " + groupedNumber(touched) + " partitions of " +
                   partitions->facts->name + " because no condition names its partition key (" +
                   key.front() + (key.size() > 1 ? ", …" : "") + ")",
        .advice =
            "Add a condition on the partition key, in the join too, or partition by the "
            "column that statements do ask for; that means to move all rows.",
        .evidence = {{"partitions read", groupedNumber(touched)}},
        .impact =
            protocol::FindingImpact{.ms = node.totalMs, .share = grading.shareWithChildren(node)}};
    if (known && known->calls)
      observation.evidence.push_back({"runs", groupedNumber(*known->calls)});
    if (known && known->totalMs)
      observation.evidence.push_back({"time of all runs", duration(*known->totalMs)});
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule partitionKeyMissingRule;
const Rule partitionKeyMissingRule{"partition-key-missing", "Partition key is not asked for",
                                   thresholds, check, covered};

}  // namespace mydba::plan
