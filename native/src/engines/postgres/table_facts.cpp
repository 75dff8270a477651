#include "engines/postgres/table_facts.h"

#include <algorithm>
#include <charconv>

#include "base/embedded.h"
#include "sql/keyword.h"

namespace mydba::postgres {
namespace {

using advise::FactsBuilder;

/// Cells of one row, from the left.
class Cells {
 public:
  Cells(const Rows& rows, int row) : rows_(rows), row_(row) {}

  std::string text() { return rows_.text(row_, next_++); }
  bool truth() { return rows_.truth(row_, next_++); }
  std::optional<double> number() {
    const std::string_view cell = rows_.view(row_, next_++);
    double value = 0;
    const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return read.ec == std::errc() && !cell.empty() ? std::optional(value) : std::nullopt;
  }

 private:
  const Rows& rows_;
  int row_;
  int next_ = 0;
};

/// A literal of type text[] with the names as they are spelled, and as PostgreSQL folds them.
std::string arrayOf(std::span<const sql::ObjectName> names) {
  std::string text;
  const auto add = [&](const std::string& name) {
    text += text.empty() ? "\"" : ",\"";
    for (const char c : name) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  };
  for (const sql::ObjectName& name : names) {
    add(name.name);
    add(sql::lowerCase(name.name));
  }
  return "{" + text + "}";
}

/// The schemas that exist, of search_path.
Result<std::vector<std::string>> readSearchPath(Session& session, const CancelToken& cancel) {
  const auto rows = session.query(embeddedSql("postgres", "search_path"), {}, cancel);
  if (!rows) return rows.error();
  std::vector<std::string> schemas;
  for (int row = 0; row < rows->count(); ++row) schemas.push_back(rows->text(row, 0));
  return schemas;
}

void addTable(Cells cells, FactsBuilder& builder, advise::CatalogueFacts& facts,
              std::string& oids) {
  oids += (oids.size() > 1 ? "," : "") + cells.text();
  advise::TableFacts table;
  table.schema = cells.text();
  table.name = cells.text();
  table.reservedName = cells.truth();
  table.logged = cells.truth();
  table.rows = cells.number();
  facts.countedDays = cells.number();
  builder.add(std::move(table));
}

void addColumn(Cells cells, FactsBuilder& builder) {
  const std::string schema = cells.text();
  const std::string table = cells.text();
  advise::ColumnFacts column;
  column.name = cells.text();
  column.reservedName = cells.truth();
  column.type = cells.text();
  column.notNull = cells.truth();
  column.lastNumber = cells.number();
  column.mostNumber = cells.number();
  builder.addColumn(schema, table, std::move(column));
}

void addIndexColumn(Cells cells, FactsBuilder& builder) {
  const std::string schema = cells.text();
  const std::string table = cells.text();
  advise::IndexFacts index;
  index.name = cells.text();
  index.method = cells.text();
  index.predicate = cells.text();
  index.primary = cells.truth();
  index.unique = cells.truth();
  index.backsConstraint = cells.truth();
  index.valid = cells.truth();
  index.scans = cells.number();
  index.bytes = cells.number();
  advise::IndexColumn column{.name = cells.text(), .how = {}};
  const bool included = cells.truth();
  column.how = cells.text();
  builder.addIndexColumn(schema, table, std::move(index), std::move(column), included);
}

void addKeyColumn(Cells cells, FactsBuilder& builder) {
  const std::string schema = cells.text();
  const std::string table = cells.text();
  advise::ForeignKeyFacts key;
  key.name = cells.text();
  key.validated = cells.truth();
  key.parentSchema = cells.text();
  key.parentTable = cells.text();
  const std::string column = cells.text();
  builder.addForeignKeyColumn(schema, table, std::move(key), column, cells.text());
}

}  // namespace

Result<advise::CatalogueFacts> readTableFacts(Session& session,
                                              std::span<const sql::ObjectName> first, int limit,
                                              const CancelToken& cancel) {
  advise::CatalogueFacts facts;
  facts.dialect = sql::findDialect("postgres");
  facts.jsonIsText = true;
  auto path = readSearchPath(session, cancel);
  if (!path) return path.error();
  facts.searchPath = std::move(*path);
  FactsBuilder builder(facts);
  const auto tables = session.query(embeddedSql("postgres", "facts_tables"),
                                    {arrayOf(first), std::to_string(limit + 1)}, cancel);
  if (!tables) return tables.error();
  std::string oids = "{";
  for (int row = 0; row < std::min(tables->count(), limit); ++row)
    addTable(Cells(*tables, row), builder, facts, oids);
  oids += "}";
  facts.cut = tables->count() > limit;
  using Add = void (*)(Cells, FactsBuilder&);
  for (const auto& [file, add] : {std::pair<std::string_view, Add>{"facts_columns", addColumn},
                                  {"facts_indexes", addIndexColumn},
                                  {"facts_keys", addKeyColumn}}) {
    const auto rows = session.query(embeddedSql("postgres", file), {oids}, cancel);
    if (!rows) return rows.error();
    for (int row = 0; row < rows->count(); ++row) add(Cells(*rows, row), builder);
  }
  return facts;
}

}  // namespace mydba::postgres
