// EXPLAIN FORMAT=TREE and EXPLAIN ANALYZE ("Obtaining Information with EXPLAIN ANALYZE", MySQL 9
// manual): a line for each iterator, four blanks of indentation for each level:
//
//   -> Filter: (o.`status` = 'paid')  (cost=1 rows=0.4) (actual time=0.005..0.006 rows=1.4
//   loops=112)
//
// The groups at the end are set off by two blanks; a description may hold anything, parentheses and
// line breaks in string literals included, so groups are looked for from the end of the line.

#include <algorithm>
#include <charconv>
#include <vector>

#include "engines/mysql/plan_json.h"
#include "engines/mysql/plan_operations.h"
#include "engines/mysql/plan_readers.h"
#include "engines/mysql/plan_totals.h"

namespace mydba::mysql {
namespace {

using protocol::PlanNode;

constexpr std::string_view arrow = "-> ";
constexpr std::size_t deepestStep = 200;

struct Line {
  std::size_t level = 0;
  std::string text;
};

/// Lines that do not start a step belong to the step before them.
std::vector<Line> linesOf(std::string_view plan) {
  std::vector<Line> lines;
  while (!plan.empty()) {
    const auto end = plan.find('\n');
    const auto line = plan.substr(0, end);
    plan = end == std::string_view::npos ? std::string_view{} : plan.substr(end + 1);
    const auto start = line.find_first_not_of(' ');
    if (start != std::string_view::npos && start % 4 == 0 && line.substr(start).starts_with(arrow))
      lines.push_back({start / 4, std::string(line.substr(start + arrow.size()))});
    else if (!lines.empty() && !line.empty())
      lines.back().text.append("\n").append(line);
  }
  return lines;
}

/// Takes `(name…)` from the end of the text; the inside without parentheses.
std::string_view takeGroup(std::string_view& text, std::string_view name) {
  const auto end = text.find_last_not_of(" \n");
  if (end == std::string_view::npos || text[end] != ')') return {};
  const auto open = text.rfind('(', end);
  if (open == std::string_view::npos || !text.substr(open + 1).starts_with(name)) return {};
  const auto inside = text.substr(open + 1, end - open - 1);
  text = text.substr(0, open);
  return inside;
}

struct Range {
  std::optional<double> first, last;
};

std::optional<double> numberIn(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

/// `key=1.5` or `key=0.1..1.5`; numbers may be written 1.79e+6.
Range rangeOf(std::string_view group, std::string_view key) {
  auto at = group.find(key);
  while (at != std::string_view::npos && at > 0 && group[at - 1] != ' ')
    at = group.find(key, at + 1);
  if (at == std::string_view::npos) return {};
  auto value = group.substr(at + key.size());
  value = value.substr(0, value.find(' '));
  const auto dots = value.find("..");
  const auto first = numberIn(value.substr(0, dots));
  return {first, dots == std::string_view::npos ? first : numberIn(value.substr(dots + 2))};
}

PlanNode readStep(std::string_view line) {
  PlanNode node;
  if (const auto never = takeGroup(line, "never executed"); !never.empty()) {
    node.neverExecuted = true;
    node.loops = 0;
  } else if (const auto actual = takeGroup(line, "actual "); !actual.empty()) {
    node.totalMs = rangeOf(actual, "time=").last;
    node.actualRows = rangeOf(actual, "rows=").last;
    node.loops = rangeOf(actual, "loops=").last;
  }
  auto estimate = takeGroup(line, "cost=");
  if (estimate.empty()) estimate = takeGroup(line, "rows=");
  const auto cost = rangeOf(estimate, "cost=");
  node.totalCost = cost.last;
  if (cost.first != cost.last) node.startupCost = cost.first;
  node.estimatedRows = rangeOf(estimate, "rows=").last;
  const auto end = line.find_last_not_of(" \n");
  describeOperation(line.substr(0, end == std::string_view::npos ? 0 : end + 1), node);
  return node;
}

/// Builds the node at `at` and all that is deeper; `at` ends behind them.
PlanNode readSubtree(const std::vector<Line>& lines, std::size_t& at) {
  const auto level = lines[at].level;
  PlanNode node = readStep(lines[at++].text);
  while (at < lines.size() && lines[at].level > level)
    node.children.push_back(readSubtree(lines, at));
  // A heading above a sub-query is no step of its own.
  PlanNode heading;
  if (node.children.size() != 1 || !describeHeading(node.operation, heading)) return node;
  PlanNode only = std::move(node.children[0]);
  only.subplan = heading.subplan;
  only.role = heading.role;
  only.extra.push_back(heading.extra[0]);
  return only;
}

bool isAnalyzed(const PlanNode& node) {
  return node.loops.has_value() ||
         std::any_of(node.children.begin(), node.children.end(), isAnalyzed);
}

}  // namespace

Result<protocol::PlanTree> readPlanTree(std::string_view text) {
  const auto lines = linesOf(text);
  if (lines.empty()) return notAPlan("it has no steps");
  for (const Line& line : lines)
    if (line.level > deepestStep)
      return Error{.code = ErrorCode::tooLarge, .message = "the plan is nested too deep"};
  protocol::PlanTree tree;
  tree.format = protocol::PlanFormat::text;
  std::size_t at = 0;
  tree.root = readSubtree(lines, at);
  // Sub-queries of the select list follow the root. What else does is not lost.
  while (at < lines.size()) {
    if (!lines[at].text.starts_with("Select #"))
      tree.warnings.push_back("a step outside of the tree: " + lines[at].text);
    tree.root.children.push_back(readSubtree(lines, at));
  }
  tree.analyzed = isAnalyzed(tree.root);
  totalOverLoops(tree.root);
  if (tree.analyzed) tree.executionMs = tree.root.totalMs;
  return tree;
}

}  // namespace mydba::mysql
