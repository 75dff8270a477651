#include <algorithm>

#include "plan/rule.h"
#include "sql/token_list.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"rows", 1000, "rows read instead"}};
constexpr std::string_view covered[] = {"index-rejected", "full-table-scan", "full-index-scan"};

/// MySQL's words begin so (ER_WARN_INDEX_NOT_APPLICABLE, 1739), and MariaDB's as well.
constexpr std::string_view beginning = "Cannot use ";

/// The names that a remark has between quotes or backticks.
std::vector<std::string> namesIn(const std::string& remark, const sql::Dialect& dialect) {
  std::vector<std::string> names;
  const sql::TokenList tokens(remark, dialect);
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].kind == sql::TokenKind::string || tokens[at].kind == sql::TokenKind::quotedName)
      names.push_back(tokens.value(at));
  return names;
}

/// The index that is named, of the table that a step reads.
const std::string* indexNamed(const Grading& grading, const PlanNode& node,
                              const std::vector<std::string>& names) {
  const auto* facts = grading.relationOf(node);
  if (!facts || !facts->indexes) return nullptr;
  for (const auto& index : *facts->indexes)
    if (std::ranges::find(names, index.name) != names.end()) return &index.name;
  return nullptr;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  const auto& tree = grading.tree();
  const sql::Dialect* dialect = sql::findDialect(tree.engine);
  if (!dialect || !tree.notices) return seen;
  std::vector<const PlanNode*> told;
  for (const std::string& remark : *tree.notices) {
    if (!remark.starts_with(beginning)) continue;
    const auto names = namesIn(remark, *dialect);
    for (const Step& step : grading.live()) {
      const PlanNode& node = *step.node;
      const std::string* index = indexNamed(grading, node, names);
      const double read = node.actualRead.value_or(node.estimatedRead.value_or(0));
      // The same is said of each kind of access that was tried.
      if (!index || node.index == *index || read < limits["rows"] ||
          std::ranges::find(told, &node) != told.end())
        continue;
      told.push_back(&node);
      seen.push_back(
          {.node = &node,
           .severity = protocol::Severity::warning,
           .message = describe(node) + " reads " + groupedNumber(read) +
                      " rows, for a value of another type or collation stands beside the column "
                      "of the index " +
                      *index,
           .advice = "Each row's value must be converted before it is compared, so the index "
                     "cannot find it. Compare a text column with a text ('77' for 77), and two "
                     "columns of the same type, character set and collation: change the "
                     "statement, or the column, which writes the table anew.",
           .evidence = {{"the server says", remark}, {"rows read", groupedNumber(read)}}});
    }
  }
  return seen;
}

}  // namespace

extern const Rule valueConvertedRule;
const Rule valueConvertedRule{"value-converted", "Value must be converted, so no index finds it",
                              thresholds, check, covered};

}  // namespace mydba::plan
