#include "ai/intent/join_path.h"

#include "sql/keyword.h"

namespace mydba::ai::intent {
namespace {

std::vector<Reference> referencesOf(const Schema& schema, TableId from) {
  std::vector<Reference> references;
  for (const SchemaForeignKey& key : schema.tables[from].foreignKeys)
    for (TableId to = 0; to < schema.tables.size(); ++to)
      if (to != from && sql::lowerCase(schema.tables[to].name) == sql::lowerCase(key.table)) {
        references.push_back({from, to, &key});
        break;
      }
  return references;
}

}  // namespace

std::optional<std::vector<Reference>> referencePath(const Schema& schema, TableId from,
                                                    TableId to) {
  std::vector<std::vector<Reference>> direct;
  std::vector<std::vector<Reference>> overOne;
  for (const Reference& first : referencesOf(schema, from)) {
    if (first.to == to) direct.push_back({first});
    for (const Reference& second : referencesOf(schema, first.to))
      if (second.to == to) overOne.push_back({first, second});
  }
  if (direct.size() == 1) return direct.front();
  if (direct.empty() && overOne.size() == 1) return overOne.front();
  return std::nullopt;
}

std::vector<std::string> referencedColumns(const Schema& schema, const Reference& reference) {
  if (!reference.key->references.empty()) return reference.key->references;
  std::vector<std::string> columns;
  for (const SchemaColumn& column : schema.tables[reference.to].columns)
    if (column.primaryKey) columns.push_back(column.name);
  return columns;
}

}  // namespace mydba::ai::intent
