#include "engines/postgres/plan_relations.h"

#include <chrono>
#include <set>
#include <utility>

#include "base/embedded.h"
#include "engines/postgres/definition.h"
#include "engines/postgres/plan_fields.h"
#include "plan/walk.h"

namespace mydba::postgres {
namespace {

constexpr std::size_t mostRelations = 100;
constexpr std::chrono::seconds patience{2};

/// Names of what steps read. Names of functions and CTEs that no table has are just not found.
std::set<std::string> namesIn(const protocol::PlanNode& root) {
  std::set<std::string> names;
  plan::walk(root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    if (node.relation && names.size() < mostRelations) names.insert(quoteName(*node.relation));
  });
  return names;
}

std::vector<std::string> textsOf(const PlanJson* array) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; array && i < array->size(); ++i)
    if ((*array)[i].is_string()) texts.push_back((*array)[i].get<std::string>());
  return texts;
}

protocol::PlanRelation relationOf(const PlanJson& object) {
  Fields fields(object);
  protocol::PlanRelation relation{.name = fields.text("name").value_or("")};
  relation.schema = fields.text("schema");
  relation.rows = fields.number("rows");
  relation.bytes = fields.number("bytes");
  relation.modifications = fields.number("modifications");
  relation.analyzedAt = fields.text("analyzedAt");
  relation.neverAnalyzed = fields.truth("neverAnalyzed");
  relation.partitions = fields.number("partitions");
  if (const auto* key = fields.array("partitionKey")) relation.partitionKey = textsOf(key);
  relation.indexes.emplace();
  const auto* indexes = fields.array("indexes");
  for (std::size_t i = 0; indexes && i < indexes->size(); ++i) {
    Fields index((*indexes)[i]);
    relation.indexes->push_back({.name = index.text("name").value_or(""),
                                 .columns = textsOf(index.array("columns")),
                                 .unique = index.truth("unique")});
  }
  return relation;
}

}  // namespace

Result<std::vector<protocol::PlanRelation>> readRelations(Session& session,
                                                          const std::set<std::string>& names,
                                                          const CancelToken& cancel) {
  if (names.empty()) return std::vector<protocol::PlanRelation>{};
  const auto rows =
      session.query(embeddedSql("postgres", "plan_relations"),
                    {PlanJson(names).dump(-1, ' ', false, PlanJson::error_handler_t::replace)},
                    cancel, Clock::now() + patience);
  if (!rows) return rows.error();
  std::vector<protocol::PlanRelation> relations;
  for (int row = 0; row < rows->count(); ++row) {
    const auto object = parsePlanJson(rows->view(row, 0));
    if (!object) return object.error();
    relations.push_back(relationOf(*object));
  }
  return relations;
}

Result<std::vector<protocol::PlanRelation>> readPlanRelations(Session& session,
                                                              const protocol::PlanNode& root,
                                                              const CancelToken& cancel) {
  return readRelations(session, namesIn(root), cancel);
}

}  // namespace mydba::postgres
