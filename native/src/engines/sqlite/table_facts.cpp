#include "engines/sqlite/table_facts.h"

#include <algorithm>
#include <set>

#include "engines/sqlite/query.h"
#include "sql/keyword.h"

namespace mydba::sqlite {
namespace {

constexpr std::string_view schema = "main";

/// Many keywords can be names all the same (sqlite.org/lang_keywords.html), so the parser is asked.
bool isReserved(Session& session, const std::string& name) {
  if (sqlite3_keyword_check(name.data(), static_cast<int>(name.size())) == 0) return false;
  return !prepare(session.handle(), "SELECT " + name + " FROM (SELECT 1 AS " + name + ")");
}

/// `FOREIGN KEY (a, b)`: keys have no names here, only columns tell them apart.
void nameKeys(advise::TableFacts& table) {
  for (advise::ForeignKeyFacts& key : table.foreignKeys) {
    key.name = "FOREIGN KEY (";
    for (const std::string& column : key.columns)
      key.name += (&column == key.columns.data() ? "" : ", ") + column;
    key.name += ")";
  }
}

/// Reads one table after the other.
class Reader {
 public:
  Reader(Session& session, advise::CatalogueFacts& facts, const CancelToken& cancel)
      : session_(session), builder_(facts), cancel_(cancel) {}

  Result<void> read(const std::string& name) {
    advise::TableFacts table;
    table.schema = schema;
    table.name = name;
    table.reservedName = isReserved(session_, name);
    builder_.add(std::move(table));
    using Add = void (Reader::*)(const std::string&, const TextRow&);
    const std::pair<std::string_view, Add> files[] = {{"facts_columns", &Reader::addColumn},
                                                      {"facts_indexes", &Reader::addIndexColumn},
                                                      {"facts_keys", &Reader::addKeyColumn}};
    for (const auto& [file, add] : files) {
      const auto rows = readRows(session_, file, schema, {name, std::string(schema)}, cancel_);
      if (!rows) return rows.error();
      for (const TextRow& row : *rows) (this->*add)(name, row);
    }
    return {};
  }

 private:
  void addColumn(const std::string& table, const TextRow& row) {
    advise::ColumnFacts column;
    column.name = row[0];
    column.reservedName = isReserved(session_, column.name);
    column.type = row[1];
    column.notNull = row[2] == "1";
    builder_.addColumn(std::string(schema), table, std::move(column));
  }

  void addIndexColumn(const std::string& table, const TextRow& row) {
    advise::IndexFacts index;
    index.name = row[0];
    index.method = "btree";
    index.primary = row[1] == "1";
    index.unique = row[2] == "1";
    index.backsConstraint = row[3] == "1";
    index.predicate = row[7];
    builder_.addIndexColumn(std::string(schema), table, std::move(index),
                            {.name = row[4], .how = row[5]}, /*included=*/false);
  }

  void addKeyColumn(const std::string& table, const TextRow& row) {
    advise::ForeignKeyFacts key;
    key.name = row[0];
    key.parentSchema = schema;
    key.parentTable = row[1];
    builder_.addForeignKeyColumn(std::string(schema), table, std::move(key), row[2], row[3]);
  }

  Session& session_;
  advise::FactsBuilder builder_;
  const CancelToken& cancel_;
};

}  // namespace

Result<advise::CatalogueFacts> readTableFacts(Session& session,
                                              std::span<const sql::ObjectName> first,
                                              std::size_t limit, const CancelToken& cancel) {
  advise::CatalogueFacts facts;
  facts.dialect = sql::findDialect("sqlite");
  facts.searchPath.emplace_back(schema);
  facts.looseTypes = true;
  facts.numberedRows = true;
  auto tables = readRows(session, "facts_tables", schema, {std::string(schema)}, cancel);
  if (!tables) return tables.error();
  std::set<std::string> wanted;
  for (const sql::ObjectName& name : first) wanted.insert(sql::lowerCase(name.name));
  std::stable_partition(tables->begin(), tables->end(), [&](const TextRow& row) {
    return wanted.contains(sql::lowerCase(row[0]));
  });
  facts.cut = tables->size() > limit;
  if (facts.cut) tables->resize(limit);
  Reader reader(session, facts, cancel);
  for (const TextRow& row : *tables)
    if (auto read = reader.read(row[0]); !read) return read.error();
  for (advise::TableFacts& table : facts.tables) nameKeys(table);
  return facts;
}

}  // namespace mydba::sqlite
