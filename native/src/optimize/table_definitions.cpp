#include "optimize/table_definitions.h"

#include <algorithm>

#include "engines/engine.h"
#include "sql/keyword.h"

namespace mydba::optimize {
namespace {

constexpr int searched = 50;
/// A statement over more tables is planned rather than rewritten by hand.
constexpr std::size_t mostTables = 12;

/// Where a table lives, in lower case; empty when nothing tells.
std::string schemaOf(const sql::ObjectName& table, const protocol::PlanTree& plan) {
  if (!table.schema.empty()) {
    const auto dot = table.schema.rfind('.');
    return sql::lowerCase(dot == std::string::npos ? table.schema : table.schema.substr(dot + 1));
  }
  std::string schema;
  if (!plan.relations) return schema;
  for (const auto& relation : *plan.relations) {
    if (sql::lowerCase(relation.name) != sql::lowerCase(table.name)) continue;
    const std::string found = sql::lowerCase(relation.schema.value_or(""));
    if (!schema.empty() && schema != found) return {};  // both are read
    schema = found;
  }
  return schema;
}

/// Its place in the tree; empty when there is none, or several.
std::vector<std::string> pathOf(Catalogue& catalogue, const sql::ObjectName& table,
                                const std::string& schema, const CancelToken& cancel) {
  const auto page = catalogue.search(table.name, searched, cancel);
  if (!page) return {};
  const std::vector<std::string>* found = nullptr;
  for (const auto& node : page->nodes) {
    if (node.kind != "table" || sql::lowerCase(node.name) != sql::lowerCase(table.name)) continue;
    const bool there = schema.empty() || std::ranges::any_of(node.path, [&](const auto& part) {
                         return sql::lowerCase(part) == schema;
                       });
    if (!there) continue;
    if (found) return {};
    found = &node.path;
  }
  return found ? *found : std::vector<std::string>();
}

}  // namespace

Definitions tableDefinitions(Connection& connection, const sql::Statement& statement,
                             const protocol::PlanTree& plan, const CancelToken& cancel) {
  Definitions all;
  Catalogue* catalogue = connection.catalogue();
  if (!catalogue) return all;
  for (const auto& use : statement.tables) {
    const std::string name = sql::lowerCase(use.table.name);
    if (all.contains(name) || all.size() == mostTables) continue;
    // Two tables of one name: their columns would be mixed up.
    const bool several = std::ranges::any_of(statement.tables, [&](const auto& other) {
      return sql::lowerCase(other.table.name) == name && other.table.schema != use.table.schema;
    });
    if (several) continue;
    const auto path = pathOf(*catalogue, use.table, schemaOf(use.table, plan), cancel);
    if (path.empty()) continue;
    const auto text = catalogue->script(path, protocol::ScriptKind::definition, cancel);
    if (!text) continue;
    auto definition = readDefinition(*text, dialectOf(connection));
    if (!definition.columns.empty()) all.emplace(name, std::move(definition));
  }
  return all;
}

}  // namespace mydba::optimize
