#include "engines/mysql/table_facts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/embedded.h"
#include "engines/engine.h"
#include "engines/mysql/catalogue.h"
#include "sql/keyword.h"

namespace mydba::mysql {
namespace {

using advise::CatalogueFacts;

struct TableName {
  std::string schema;
  std::string name;
};

std::string text(const Row& row, std::size_t at) { return row.at(at).value_or(""); }
bool truth(const Row& row, std::size_t at) { return row.at(at) == "1"; }

std::string limited(std::string_view sql, std::size_t rows) {
  return std::string(sql) + " LIMIT " + std::to_string(rows);
}

constexpr std::string_view notSystem =
    " AND t.TABLE_SCHEMA NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')";
constexpr std::string_view everyTable = "t.TABLE_SCHEMA = coalesce(database(), t.TABLE_SCHEMA)";
constexpr std::string_view oneTable = "t.TABLE_SCHEMA = ? AND t.TABLE_NAME = ?";

/// What the server knows beside its tables. What this account may not see is missing.
struct Surroundings {
  /// By schema, table and index: how often it was used.
  std::map<std::tuple<std::string, std::string, std::string>, std::optional<double>> uses;
  std::set<std::string> reservedWords;                       ///< in lower case
  std::set<std::pair<std::string, std::string>> partlySeen;  ///< tables, by schema

  bool isReserved(const std::string& name) const {
    return reservedWords.contains(sql::lowerCase(name));
  }
};

/// Reads facts of tables, all or one, and adds them.
class Reader {
 public:
  Reader(Session& session, CatalogueFacts& facts, const CancelToken& cancel)
      : session_(session), facts_(facts), builder_(facts), cancel_(cancel) {}

  /// An account that may not ask, or a server that does not count, is no error.
  Result<void> readSurroundings() {
    if (const auto rows = session_.query(embeddedSql("mysql", "facts_use"), cancel_))
      for (const Row& row : *rows) {
        around_.uses[{text(row, 0), text(row, 1), text(row, 2)}] = numberIn(row.at(3));
        facts_.countedDays = numberIn(row.at(4));
      }
    if (!session_.alive()) return session_.lost();
    if (const auto rows = session_.query(embeddedSql("mysql", "facts_reserved"), cancel_))
      for (const Row& row : *rows) around_.reservedWords.insert(sql::lowerCase(text(row, 0)));
    if (!session_.alive()) return session_.lost();
    if (const auto rows = session_.query(embeddedSql("mysql", "facts_partly_seen"), cancel_))
      for (const Row& row : *rows) around_.partlySeen.emplace(text(row, 0), text(row, 1));
    if (!session_.alive()) return session_.lost();
    return cancel_.cancelled() ? Result<void>(cancel_.error()) : Result<void>();
  }

  /// Those that meet a condition on `t`, with the values that are bound in it.
  Result<void> read(std::string_view condition, std::span<const std::string_view> values) {
    using Add = void (Reader::*)(const Row&);
    const std::pair<std::string_view, Add> files[] = {{"facts_tables", &Reader::addTable},
                                                      {"facts_columns", &Reader::addColumn},
                                                      {"facts_indexes", &Reader::addIndexColumn},
                                                      {"facts_keys", &Reader::addKeyColumn}};
    const auto before = facts_.tables.size();
    for (const auto& [file, add] : files) {
      std::string statement(embeddedSql("mysql", file));
      constexpr std::string_view mark = "{tables}";
      // The mark in the leading comment is prose; the one in the statement is the last.
      statement.replace(statement.rfind(mark), mark.size(),
                        std::string(condition) + std::string(notSystem));
      const auto rows = session_.query(statement, values, cancel_);
      if (!rows) return rows.error();
      for (const Row& row : *rows) (this->*add)(row);
      if (facts_.tables.size() == before) return {};
    }
    return {};
  }

 private:
  void addTable(const Row& row) {
    advise::TableFacts table;
    table.schema = text(row, 0);
    table.name = text(row, 1);
    if (around_.partlySeen.contains({table.schema, table.name})) return;
    table.reservedName = around_.isReserved(table.name);
    table.storage = text(row, 2);
    table.transactional = text(row, 3) != "NO";
    table.clustered = table.storage == "InnoDB";
    table.collation = text(row, 4);
    table.rows = numberIn(row.at(5));
    builder_.add(std::move(table));
  }

  void addColumn(const Row& row) {
    advise::ColumnFacts column;
    column.name = text(row, 2);
    column.reservedName = around_.isReserved(column.name);
    column.type = text(row, 3);
    column.notNull = truth(row, 4);
    column.collation = text(row, 5);
    column.charset = text(row, 6);
    column.lastNumber = numberIn(row.at(7));
    column.mostNumber = numberIn(row.at(8));
    builder_.addColumn(text(row, 0), text(row, 1), std::move(column));
  }

  void addIndexColumn(const Row& row) {
    advise::IndexFacts index;
    index.name = text(row, 2);
    index.method = sql::lowerCase(text(row, 3));
    index.primary = truth(row, 4);
    index.unique = truth(row, 5);
    if (const auto use = around_.uses.find({text(row, 0), text(row, 1), index.name});
        use != around_.uses.end())
      index.scans = use->second;
    builder_.addIndexColumn(text(row, 0), text(row, 1), std::move(index),
                            {.name = text(row, 6), .how = text(row, 7)}, /*included=*/false);
  }

  void addKeyColumn(const Row& row) {
    advise::ForeignKeyFacts key;
    key.name = text(row, 2);
    key.parentSchema = text(row, 3);
    key.parentTable = text(row, 4);
    builder_.addForeignKeyColumn(text(row, 0), text(row, 1), std::move(key), text(row, 5),
                                 text(row, 6));
  }

  Session& session_;
  CatalogueFacts& facts_;
  advise::FactsBuilder builder_;
  const CancelToken& cancel_;
  Surroundings around_;
};

/// What has to be looked up by its name: of many tables the wanted ones, of few those of other
/// databases.
std::vector<TableName> lookups(std::span<const sql::ObjectName> first, const Rows& names,
                               const std::string& database, bool many) {
  std::vector<TableName> wanted;
  for (const sql::ObjectName& name : first) {
    if (beyondNames(name.name) || beyondNames(name.schema)) continue;
    const bool elsewhere = !name.schema.empty() && name.schema != database;
    if (many || (elsewhere && !database.empty()))
      wanted.push_back({elsewhere ? name.schema : database, name.name});
  }
  if (many && first.empty())
    for (const Row& row : names) wanted.push_back({text(row, 0), text(row, 1)});
  return wanted;
}

}  // namespace

Result<CatalogueFacts> readTableFacts(Session& session, std::span<const sql::ObjectName> first,
                                      std::size_t limit, const CancelToken& cancel) {
  CatalogueFacts facts;
  facts.dialect = &dialectOf(session.server().engine);
  facts.indexesForeignKeys = true;
  auto database = session.database(cancel);
  if (!database) return database.error();
  if (!database->empty()) facts.searchPath.push_back(*database);
  const auto names = session.query(limited(embeddedSql("mysql", "facts_names"), limit + 1), cancel);
  if (!names) return names.error();
  facts.cut = names->size() > limit;

  Reader reader(session, facts, cancel);
  if (auto read = reader.readSurroundings(); !read) return read.error();
  if (!facts.cut)
    if (auto read = reader.read(everyTable, {}); !read) return read.error();
  for (const TableName& table : lookups(first, *names, *database, facts.cut)) {
    if (facts.tables.size() == limit) break;
    const std::string_view values[] = {table.schema, table.name};
    if (auto read = reader.read(oneTable, values); !read) return read.error();
  }
  return facts;
}

}  // namespace mydba::mysql
