#include "engines/sqlite/plan_relations.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/time_limit.h"
#include "engines/sqlite/query.h"
#include "engines/sqlite/read_only.h"
#include "engines/sqlite/scan_facts.h"
#include "plan/rule.h"
#include "plan/walk.h"
#include "sql/keyword.h"

namespace mydba::sqlite {
namespace {

using protocol::PlanRelation;

constexpr std::chrono::milliseconds countLimit{250};
/// Rules ask for thousands; counting more tells them nothing.
constexpr std::int64_t mostCounted = 1000000;
constexpr std::size_t mostTables = 64;

/// A table as a plan spells it; the schema is empty where the statement does not say it.
struct NamedTable {
  std::string name, schema;
};

/// The tables that steps read, each once. Those of one name in several files are left out unless
/// aliases tell which step reads which.
std::vector<NamedTable> tablesIn(const protocol::PlanTree& tree) {
  std::vector<NamedTable> tables;
  std::map<std::string, std::set<std::string>> schemas;  // by name; folded as SQLite does
  std::set<std::string> unaliased;
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    if (!node.relation || tables.size() == mostTables) return;
    const std::string schema(plan::extra(node, "Schema"));
    const std::string name = sql::lowerCase(*node.relation);
    if (!node.alias) unaliased.insert(name);
    if (schemas[name].insert(sql::lowerCase(schema)).second)
      tables.push_back({.name = *node.relation, .schema = schema});
  });
  std::erase_if(tables, [&](const NamedTable& table) {
    const std::string name = sql::lowerCase(table.name);
    return schemas[name].size() > 1 && unaliased.contains(name);
  });
  return tables;
}

class RelationReader {
 public:
  RelationReader(Session& session, const CancelToken& cancel)
      : session_(session), cancel_(cancel) {}

  /// Nothing when the name is no table: a view, a subquery, a function.
  Result<std::optional<PlanRelation>> read(const NamedTable& table) {
    const auto place = findTable(table);
    if (!place) return place.error();
    if (!*place) return std::optional<PlanRelation>();
    PlanRelation relation{.name = table.name};
    // A statement about a table of the main file needs no schema, and an index of it takes none.
    if (!table.schema.empty() || ((*place)->schema != "main" && (*place)->schema != "temp"))
      relation.schema = (*place)->schema;
    const auto rows = rowsInStatistics(session_, **place, cancel_);
    if (!rows) return rows.error();
    relation.neverAnalyzed = !rows->has_value();
    relation.rows = *rows ? *rows : counted(**place);
    auto indexes = readIndexes(session_, **place, cancel_);
    if (!indexes) return indexes.error();
    relation.indexes = std::move(*indexes);
    return std::optional(std::move(relation));
  }

 private:
  Result<std::optional<TablePlace>> findTable(const NamedTable& table) {
    const auto rows = readRows(session_, "find_table", {}, {table.name, table.schema}, cancel_);
    if (!rows) return rows.error();
    if (rows->empty()) return std::optional<TablePlace>();
    return std::optional(TablePlace{.schema = (*rows)[0][0], .name = (*rows)[0][1]});
  }

  /// Nothing when it takes too long or fails: a table that is damaged has a plan all the same.
  std::optional<double> counted(const TablePlace& place) {
    const ReadOnlyScope scope(session_.handle());
    const auto statement =
        prepare(session_.handle(), "SELECT count(*) FROM (SELECT 1 FROM " +
                                       quoteName(place.schema) + "." + quoteName(place.name) +
                                       " LIMIT " + std::to_string(mostCounted) + ")");
    if (!statement || sqlite3_step(statement->get()) != SQLITE_ROW) return std::nullopt;
    return static_cast<double>(sqlite3_column_int64(statement->get(), 0));
  }

  Session& session_;
  const CancelToken& cancel_;
};

}  // namespace

Result<std::vector<protocol::PlanIndex>> readIndexes(Session& session, const TablePlace& table,
                                                     const CancelToken& cancel) {
  const auto rows =
      readRows(session, "plan_indexes", table.schema, {table.name, table.schema}, cancel);
  if (!rows) return rows.error();
  std::vector<protocol::PlanIndex> indexes;
  for (const TextRow& row : *rows) {
    if (indexes.empty() || indexes.back().name != row[0])
      indexes.push_back({.name = row[0], .columns = {}, .unique = row[1] == "1"});
    indexes.back().columns.push_back(row[2]);
  }
  return indexes;
}

Result<std::optional<double>> rowsInStatistics(Session& session, const TablePlace& table,
                                               const CancelToken& cancel) {
  const auto has = readRows(session, "has_statistics", table.schema, {}, cancel);
  if (!has) return has.error();
  if (has->empty() || (*has)[0][0] != "sqlite_stat1") return std::optional<double>();
  const auto found = readRows(session, "table_statistics", table.schema, {table.name}, cancel);
  if (!found) return found.error();
  if (found->empty()) return std::optional<double>();
  double rows = 0;
  const std::string& text = (*found)[0][0];
  std::from_chars(text.data(), text.data() + text.size(), rows);
  return std::optional(rows);
}

Result<std::vector<PlanRelation>> readRelations(Session& session, const sql::Statement& statement,
                                                const CancelToken& cancel) {
  const Session::Guard guard(session, cancel);
  RelationReader reader(session, cancel);
  std::vector<PlanRelation> relations;
  std::set<std::string> seen;
  for (const auto& [table, written, afterUnion] : statement.tables) {
    if (seen.size() == mostTables || !seen.insert(sql::lowerCase(table.name)).second) continue;
    auto relation = reader.read({.name = table.name, .schema = table.schema});
    if (!relation) return relation.error();
    if (*relation) relations.push_back(std::move(**relation));
  }
  return relations;
}

void addRelations(Session& session, protocol::PlanTree& tree, const CancelToken& cancel) {
  const TimeLimit limit(cancel, countLimit);
  const CancelToken token = limit.token();
  const Session::Guard guard(session, token);
  RelationReader reader(session, token);
  std::vector<PlanRelation> relations;
  for (const NamedTable& table : tablesIn(tree)) {
    auto relation = reader.read(table);
    if (!relation) {
      tree.warnings.push_back("the catalogue told nothing of " + table.name + ": " +
                              relation.error().message);
      continue;
    }
    if (*relation) relations.push_back(std::move(**relation));
  }
  if (!relations.empty()) tree.relations = std::move(relations);
  addScanFacts(tree);
}

}  // namespace mydba::sqlite
