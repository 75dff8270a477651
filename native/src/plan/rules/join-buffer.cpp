#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"rows", 10000, "rows read of the table without an index"},
                                    {"pairs", 100000, "pairs of rows compared, one by one"}};
constexpr std::string_view covered[] = {"no-possible-index", "full-table-scan"};

/// A join by buffer or hash, for want of an index.
struct Buffered {
  const PlanNode* table = nullptr;  ///< the inner side
  bool hashed = false;
};

double rowsOf(const PlanNode& node) {
  return node.actualRows ? *node.actualRows : node.estimatedRows.value_or(0);
}

/// MySQL hashes the smaller side; what an index is missed on is the larger one.
const PlanNode& largerSide(const PlanNode& join) {
  const PlanNode* side =
      rowsOf(join.children[0]) > rowsOf(join.children[1]) ? &join.children[0] : &join.children[1];
  while (!side->relation && side->children.size() == 1) side = &side->children[0];
  return *side;
}

Buffered read(const PlanNode& node) {
  // MySQL's JSON says it of the table itself, MariaDB's puts a step above it.
  if (const auto how = extra(node, "using_join_buffer"); !how.empty())
    return {&node, how == "hash join"};
  if (node.operation == "Block nested loop join" && node.children.size() == 1 &&
      extra(node, "mrr_type").empty())
    return {&node.children[0], extra(node, "join_type").find('H') != std::string_view::npos};
  for (const char* name : {"Inner hash join", "Left hash join", "Hash semijoin", "Hash antijoin"})
    if (node.operation.starts_with(name) && node.children.size() == 2)
      return {&largerSide(node), node.condition != "no condition"};
  return {};
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const Buffered join = read(node);
    if (!join.table) continue;
    const PlanNode& table = *join.table;
    auto rows = table.actualRead ? table.actualRead : table.estimatedRead;
    if (!rows) rows = table.actualRows ? table.actualRows : table.estimatedRows;
    auto pairs = node.actualRead ? node.actualRead : std::nullopt;
    if (!pairs && !join.hashed) pairs = node.estimatedRows;
    const bool many = !join.hashed && pairs && *pairs >= limits["pairs"];
    if (!many && (!rows || *rows < limits["rows"])) continue;
    Observation observation{
        .node = &node,
        .severity = many ? Severity::critical : Severity::info,
        .confidence =
            node.actualRows ? protocol::Confidence::certain : protocol::Confidence::likely,
        .message = describe(table) + " is joined without an index" +
                   (join.hashed ? ", by a hash table of the rows"
                                : ": each row is compared with all that are in the join buffer"),
        .advice =
            "An index on the columns of the join lets each row find its partners. It pays "
            "off when few rows ask; where most of the table is needed, a hash join of the "
            "whole is the better plan."};
    if (rows) observation.evidence.push_back({"rows read", groupedNumber(*rows)});
    if (pairs) observation.evidence.push_back({"pairs compared", groupedNumber(*pairs)});
    if (table.loops.value_or(1) > 1 && node.memoryBytes) {
      observation.message += "; the table was read " + groupedNumber(*table.loops) +
                             " times because the rows before it did not fit into the buffer";
      observation.evidence.push_back({"join buffer, bytes", groupedNumber(*node.memoryBytes)});
    }
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule joinBufferRule;
const Rule joinBufferRule{"join-buffer", "Join without an index", thresholds, check, covered};

}  // namespace mydba::plan
