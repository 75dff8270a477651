#include "engines/mysql/plan_operations.h"

#include <string>

namespace mydba::mysql {
namespace {

using protocol::PlanCategory;

struct Known {
  std::string_view start;
  PlanCategory category;
};

/// The first that fits; longer beginnings stand before shorter ones.
constexpr Known operations[] = {
    {"Table scan", PlanCategory::scan},
    {"Covering index scan", PlanCategory::indexOnlyScan},
    {"Covering index skip scan", PlanCategory::indexOnlyScan},
    {"Covering index range scan", PlanCategory::indexOnlyScan},
    {"Covering index lookup", PlanCategory::indexOnlyScan},
    {"Single-row covering index lookup", PlanCategory::indexOnlyScan},
    {"Single-row index lookup", PlanCategory::lookup},
    {"Multi-range index lookup", PlanCategory::lookup},
    {"Index lookup", PlanCategory::lookup},
    {"Full-text index search", PlanCategory::lookup},
    {"Index", PlanCategory::indexScan},
    {"Intersect rows sorted by row ID", PlanCategory::indexScan},
    {"Deduplicate rows sorted by row ID", PlanCategory::indexScan},
    {"Sort-deduplicate by row ID", PlanCategory::indexScan},
    {"Constant row", PlanCategory::lookup},
    {"Rows fetched before execution", PlanCategory::lookup},
    {"Zero rows", PlanCategory::other},
    {"Nested loop", PlanCategory::join},
    {"Inner hash join", PlanCategory::join},
    {"Left hash join", PlanCategory::join},
    {"Hash semijoin", PlanCategory::join},
    {"Hash antijoin", PlanCategory::join},
    {"Batched key access", PlanCategory::join},
    {"Hash", PlanCategory::materialize},
    {"Filter", PlanCategory::filter},
    {"Sort", PlanCategory::sort},
    {"Limit", PlanCategory::limit},
    {"Offset", PlanCategory::limit},
    {"Group aggregate", PlanCategory::aggregate},
    {"Aggregate", PlanCategory::aggregate},
    {"Window", PlanCategory::aggregate},
    {"Count rows", PlanCategory::aggregate},
    {"Group", PlanCategory::aggregate},
    {"Union", PlanCategory::set},
    {"Intersect", PlanCategory::set},
    {"Except", PlanCategory::set},
    {"Append", PlanCategory::set},
    {"Materialize", PlanCategory::materialize},
    {"Temporary table", PlanCategory::materialize},
    {"Remove duplicate", PlanCategory::aggregate},
    {"Deduplicate", PlanCategory::aggregate},
    {"Select #", PlanCategory::subquery},
    {"Insert", PlanCategory::modify},
    {"Replace", PlanCategory::modify},
    {"Update", PlanCategory::modify},
    {"Delete", PlanCategory::modify},
};

bool readsTable(PlanCategory category) {
  return category == PlanCategory::scan || category == PlanCategory::indexScan ||
         category == PlanCategory::indexOnlyScan || category == PlanCategory::lookup;
}

/// The name that starts `text`: up to a blank, but a name in backticks may hold blanks.
std::string_view nameAt(std::string_view text) {
  if (text.starts_with('`')) {
    const auto end = text.find('`', 1);
    return end == std::string_view::npos ? text : text.substr(1, end - 1);
  }
  if (text.starts_with('<')) {
    const auto end = text.find('>');
    return text.substr(0, end == std::string_view::npos ? end : end + 1);
  }
  return text.substr(0, text.find_first_of(" ,("));
}

/// What stands between the first `(` after `from` and the end, without its closing parenthesis.
std::string_view inParentheses(std::string_view text, std::size_t from) {
  const auto open = text.find('(', from);
  if (open == std::string_view::npos) return {};
  const auto close = text.rfind(')');
  return close == std::string_view::npos || close < open ? std::string_view{}
                                                         : text.substr(open + 1, close - open - 1);
}

/// "Index lookup on o using k (a = b), with index condition: (…)".
void readAccess(std::string_view description, protocol::PlanNode& node) {
  constexpr std::string_view on = " on ", use = " using ", pushed = ", with index condition: ";
  const auto onAt = description.find(on);
  if (onAt == std::string_view::npos) {
    node.operation = description;
    return;
  }
  node.operation = description.substr(0, onAt);
  node.relation = std::string(nameAt(description.substr(onAt + on.size())));
  const auto pushedAt = description.find(pushed);
  const auto access = description.substr(0, pushedAt);
  const auto useAt = access.find(use, onAt);
  if (useAt != std::string_view::npos) {
    node.index = std::string(nameAt(access.substr(useAt + use.size())));
    if (const auto inside = inParentheses(access, useAt); !inside.empty())
      node.condition = std::string(inside);
  }
  if (pushedAt != std::string_view::npos)
    node.filter = std::string(description.substr(pushedAt + pushed.size()));
}

}  // namespace

void describeOperation(std::string_view description, protocol::PlanNode& node) {
  node.category = PlanCategory::other;
  for (const Known& known : operations) {
    if (!description.starts_with(known.start)) continue;
    node.category = known.category;
    break;
  }
  if (readsTable(node.category)) return readAccess(description, node);
  const auto colon = description.find(": ");
  const bool isJoin = node.category == PlanCategory::join;
  if (isJoin && description.find(" hash ") != std::string_view::npos) {
    const auto open = description.find(" (");
    node.operation = description.substr(0, open);
    if (const auto inside = inParentheses(description, 0); !inside.empty())
      node.condition = std::string(inside);
    return;
  }
  node.operation = description.substr(0, colon);
  if (colon == std::string_view::npos) return;
  std::string detail(description.substr(colon + 2));
  if (node.category == PlanCategory::filter)
    node.filter = std::move(detail);
  else
    node.extra.push_back({"detail", std::move(detail)});
}

bool describeHeading(std::string_view heading, protocol::PlanNode& node) {
  const auto open = heading.find(" (");
  if (!heading.starts_with("Select #") || open == std::string_view::npos) return false;
  node.subplan = std::string(heading.substr(0, open));
  // Anything else may run for each row: `dependent`, `uncacheable`.
  const bool once = heading.find("run only once") != std::string_view::npos;
  node.role = once ? protocol::PlanRole::initplan : protocol::PlanRole::subplan;
  node.extra.push_back({"heading", std::string(heading)});
  return true;
}

}  // namespace mydba::mysql
