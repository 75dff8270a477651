#include <algorithm>

#include "plan/condition_columns.h"
#include "plan/remedies.h"
#include "plan/rule.h"
#include "sql/token_list.h"

namespace mydba::plan {
namespace {

using protocol::PlanIndex;
using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"rows", 1000, "rows read through the index"},
                                    {"share", 0.5, "part of them thrown away, 0 to 1"}};
constexpr std::string_view covered[] = {"filter-discards-rows", "filtered-low"};

/// How many of its columns find rows; 0 where the server does not say.
std::size_t usedParts(const PlanNode& node) {
  std::string_view parts = extra(node, "used_key_parts");
  if (parts.empty()) parts = extra(node, "key_columns");
  return parts.empty() ? 0 : 1 + static_cast<std::size_t>(std::ranges::count(parts, ','));
}

const PlanIndex* indexOf(const Grading& grading, const PlanNode& node) {
  const auto* facts = grading.relationOf(node);
  if (!facts || !facts->indexes || !node.index) return nullptr;
  const auto found = std::ranges::find(*facts->indexes, *node.index, &PlanIndex::name);
  return found == facts->indexes->end() ? nullptr : &*found;
}

/// Whether a condition is about this column of the table that `node` reads.
bool names(std::string_view condition, const sql::Dialect& dialect, const PlanNode& node,
           const std::string& column) {
  const sql::TokenList tokens(condition, dialect);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!tokens.isName(at) || tokens.value(at) != column) continue;
    if (at < 2 || !tokens.isSymbol(at - 1, '.')) return true;
    const std::string table = tokens.value(at - 2);
    if (table == node.relation || table == node.alias) return true;
  }
  return false;
}

/// The first column of the index that is tested and finds nothing.
std::optional<std::string> idleColumn(const Grading& grading, const PlanNode& node,
                                      const PlanNode& tester, const PlanIndex& index) {
  const sql::Dialect* dialect = sql::findDialect(grading.tree().engine);
  if (!dialect || !tester.filter) return std::nullopt;
  for (std::size_t part = usedParts(node); part < index.columns.size(); ++part)
    if (names(*tester.filter, *dialect, node, index.columns[part])) return index.columns[part];
  return std::nullopt;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const PlanIndex* index = indexOf(grading, node);
    if (!index || usedParts(node) == 0 || usedParts(node) >= index->columns.size()) continue;
    const PlanNode& tester = testerOf(step);
    const auto idle = idleColumn(grading, node, tester, *index);
    const bool measured = node.actualRead && tester.actualRows;
    const auto read = measured ? node.actualRead : node.estimatedRead;
    const auto kept = measured ? tester.actualRows : tester.estimatedRows;
    if (!idle || !read || !kept || *read < limits["rows"]) continue;
    const double share = part(*read - *kept, *read);
    if (share < limits["share"]) continue;
    const auto used = groupedNumber(static_cast<double>(usedParts(node)));
    const auto all = groupedNumber(static_cast<double>(index->columns.size()));
    Observation observation{
        .node = &node,
        .severity = protocol::Severity::warning,
        .confidence = measured ? protocol::Confidence::certain : protocol::Confidence::likely,
        .message = describe(node) + " finds rows by " + used + " of the " + all +
                   " columns of the index, and reads " + groupedNumber(*read) + " to test " +
                   *idle + ", which throws " + percent(share) + " away",
        .advice =
            "A column of an index finds rows only while each one before it is compared for "
            "equality, and it stands by itself: not in a function, not behind a leading "
            "wildcard, not as another type. Compare it so, or put the columns compared for "
            "equality first in the index; a second index takes space and slows writes down.",
        .evidence = {{"columns that find rows", used + " of " + all},
                     {"column only tested", *idle},
                     {"rows read", groupedNumber(*read)}}};
    const auto wanted = filterColumns(grading.tree(), node, tester).forIndex();
    if (!wanted.empty() && wanted.front() != index->columns.front())
      propose(observation, createIndexInOrder(grading, node, wanted));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule indexPrefixOnlyRule;
const Rule indexPrefixOnlyRule{"index-prefix-only", "Only the first columns of the index find rows",
                               thresholds, check, covered};

}  // namespace mydba::plan
