#include "engines/postgres/plan_relations.h"

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/embedded.h"
#include "engines/postgres/definition.h"
#include "engines/postgres/plan_fields.h"
#include "plan/walk.h"
#include "sql/keyword.h"
#include "sql/statement.h"

namespace mydba::postgres {
namespace {

constexpr std::size_t mostRelations = 100;
constexpr std::chrono::seconds patience{2};

/// Schemas that the statement writes before names of tables, by name; empty for none. Only VERBOSE
/// has them in the plan. What is not quoted may stand for small letters.
std::multimap<std::string, std::string> schemasIn(std::string_view sql) {
  std::multimap<std::string, std::string> schemas;
  for (const auto& use : sql::readStatement(sql, *sql::findDialect("postgres")).tables) {
    schemas.emplace(use.table.name, use.table.schema);
    schemas.emplace(sql::lowerCase(use.table.name), sql::lowerCase(use.table.schema));
  }
  return schemas;
}

/// Names of what steps read, with the schema where it is written. Names of functions and CTEs that
/// no table has are just not found.
std::set<std::string> namesIn(const protocol::PlanTree& tree) {
  const auto written = schemasIn(tree.sql);
  std::set<std::string> names;
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    if (!node.relation || names.size() >= mostRelations) return;
    const std::string name = quoteName(*node.relation);
    const auto [first, last] = written.equal_range(*node.relation);
    for (auto at = first; at != last; ++at)
      names.insert(at->second.empty() ? name : quoteName(at->second) + "." + name);
    if (first == last) names.insert(name);
  });
  return names;
}

protocol::PlanRelation relationOf(PlanValue object) {
  Fields fields(object);
  protocol::PlanRelation relation{.name = fields.text("name").value_or("")};
  relation.schema = fields.text("schema");
  relation.rows = fields.number("rows");
  relation.bytes = fields.number("bytes");
  relation.modifications = fields.number("modifications");
  relation.analyzedAt = fields.text("analyzedAt");
  relation.neverAnalyzed = fields.truth("neverAnalyzed");
  relation.partitions = fields.number("partitions");
  if (const auto key = fields.array("partitionKey")) relation.partitionKey = textsIn(*key);
  relation.indexes.emplace();
  const auto indexes = fields.array("indexes");
  if (!indexes) return relation;
  for (const PlanValue listed : *indexes) {
    Fields index(listed);
    const auto columns = index.array("columns");
    relation.indexes->push_back(
        {.name = index.text("name").value_or(""),
         .columns = columns ? textsIn(*columns) : std::vector<std::string>{},
         .unique = index.truth("unique")});
  }
  return relation;
}

}  // namespace

Result<std::vector<protocol::PlanRelation>> readRelations(Session& session,
                                                          const std::set<std::string>& names,
                                                          const CancelToken& cancel) {
  if (names.empty()) return std::vector<protocol::PlanRelation>{};
  const auto rows = session.query(
      embeddedSql("postgres", "plan_relations"),
      {nlohmann::json(names).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)},
      cancel, Clock::now() + patience);
  if (!rows) return rows.error();
  std::vector<protocol::PlanRelation> relations;
  for (int row = 0; row < rows->count(); ++row) {
    const auto document = PlanDocument::parse(rows->view(row, 0));
    if (!document) return document.error();
    relations.push_back(relationOf(document->root()));
  }
  return relations;
}

Result<std::vector<protocol::PlanRelation>> readPlanRelations(Session& session,
                                                              const protocol::PlanTree& tree,
                                                              const CancelToken& cancel) {
  return readRelations(session, namesIn(tree), cancel);
}

}  // namespace mydba::postgres
