#include "plan/step_tables.h"

#include <optional>
#include <string_view>
#include <vector>

#include "plan/rule.h"
#include "sql/keyword.h"
#include "sql/names.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::PlanRelation;

/// Where the statement names what a step reads.
struct Written {
  std::string schema;
  bool alias = false;  ///< an alias stands behind the name
};

std::optional<Written> writtenOf(const protocol::PlanTree& tree, const PlanNode& node) {
  const sql::Dialect* dialect = sql::findDialect(tree.engine);
  const auto& span = node.span;
  if (!dialect || !span || span->start < 0 || span->end <= span->start ||
      static_cast<std::size_t>(span->end) > tree.sql.size())
    return std::nullopt;
  const auto text = std::string_view(tree.sql).substr(
      static_cast<std::size_t>(span->start), static_cast<std::size_t>(span->end - span->start));
  const sql::TokenList tokens(text, *dialect);
  const auto read = sql::readName(tokens, 0);
  if (!read) return std::nullopt;
  return Written{.schema = read->name.schema, .alias = read->next < tokens.size()};
}

/// PostgreSQL's and SQLite's field, or MySQL's; empty where the plan does not say it.
std::string_view toldSchema(const PlanNode& node) {
  const auto schema = extra(node, "Schema");
  return schema.empty() ? extra(node, "schema_name") : schema;
}

using Candidates = std::vector<const PlanRelation*>;

/// The only one that fits; null when there is none or several.
template <typename Fits>
const PlanRelation* only(const Candidates& candidates, Fits&& fits) {
  const PlanRelation* found = nullptr;
  for (const PlanRelation* candidate : candidates) {
    if (!fits(candidate->schema.value_or(""))) continue;
    if (found) return nullptr;
    found = candidate;
  }
  return found;
}

/// Among tables of a schema, which is empty where none is written.
const PlanRelation* inSchema(const Candidates& candidates, const std::string& schema) {
  const auto exact = [&](std::string_view other) { return other == schema; };
  if (const auto* found = only(candidates, exact)) return found;
  const std::string folded = sql::lowerCase(schema);
  const auto alike = [&](const std::string& other) { return sql::lowerCase(other) == folded; };
  if (const auto* found = only(candidates, alike)) return found;
  // A catalogue may not say where a table lives.
  return only(candidates, [](std::string_view other) { return other.empty(); });
}

const PlanRelation* choose(const protocol::PlanTree& tree, const PlanNode& node,
                           const Candidates& candidates) {
  if (const auto told = toldSchema(node); !told.empty())
    return inSchema(candidates, std::string(told));
  const bool alone = candidates.size() == 1;
  const auto written = writtenOf(tree, node);
  if (alone && (!written || written->schema.empty())) return candidates.front();
  // Which step reads which of two tables of one name, only an alias tells.
  const bool apart = alone || (written && written->alias);
  return apart && written ? inSchema(candidates, written->schema) : nullptr;
}

}  // namespace

const PlanRelation* relationRead(const protocol::PlanTree& tree, const PlanNode& node) {
  Candidates candidates;
  if (!node.relation || !tree.relations) return nullptr;
  const std::string name = sql::lowerCase(*node.relation);
  for (const PlanRelation& relation : *tree.relations)
    if (sql::lowerCase(relation.name) == name) candidates.push_back(&relation);
  return candidates.empty() ? nullptr : choose(tree, node, candidates);
}

const PlanRelation* ifRead(const protocol::PlanTree& tree, const PlanNode& node,
                           const PlanRelation& relation) {
  return choose(tree, node, {&relation});
}

}  // namespace mydba::plan
