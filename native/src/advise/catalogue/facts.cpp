#include "advise/catalogue/facts.h"

#include <algorithm>

namespace mydba::advise {

const ColumnFacts* TableFacts::column(const std::string& wanted) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const ColumnFacts& each) { return each.name == wanted; });
  return found == columns.end() ? nullptr : &*found;
}

const IndexFacts* TableFacts::primaryKey() const {
  const auto found = std::find_if(indexes.begin(), indexes.end(),
                                  [](const IndexFacts& index) { return index.primary; });
  return found == indexes.end() ? nullptr : &*found;
}

const TableFacts* CatalogueFacts::table(const std::string& schema, const std::string& name) const {
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const TableFacts& table) {
    return table.name == name && table.schema == schema;
  });
  return found == tables.end() ? nullptr : &*found;
}

TableFacts* FactsBuilder::find(const std::string& schema, const std::string& table) {
  const auto place = places_.find({schema, table});
  return place == places_.end() ? nullptr : &facts_.tables[place->second];
}

void FactsBuilder::add(TableFacts table) {
  const auto [place, isNew] =
      places_.emplace(std::pair(table.schema, table.name), facts_.tables.size());
  if (isNew) facts_.tables.push_back(std::move(table));
}

void FactsBuilder::addColumn(const std::string& schema, const std::string& table,
                             ColumnFacts column) {
  if (TableFacts* found = find(schema, table)) found->columns.push_back(std::move(column));
}

void FactsBuilder::addIndexColumn(const std::string& schema, const std::string& table,
                                  IndexFacts index, IndexColumn column, bool included) {
  TableFacts* found = find(schema, table);
  if (!found) return;
  if (found->indexes.empty() || found->indexes.back().name != index.name)
    found->indexes.push_back(std::move(index));
  auto& made = found->indexes.back();
  if (included)
    made.included.push_back(std::move(column.name));
  else
    made.columns.push_back(std::move(column));
}

void FactsBuilder::addForeignKeyColumn(const std::string& schema, const std::string& table,
                                       ForeignKeyFacts key, std::string column,
                                       std::string parentColumn) {
  TableFacts* found = find(schema, table);
  if (!found) return;
  if (found->foreignKeys.empty() || found->foreignKeys.back().name != key.name)
    found->foreignKeys.push_back(std::move(key));
  auto& made = found->foreignKeys.back();
  made.columns.push_back(std::move(column));
  made.parentColumns.push_back(std::move(parentColumn));
}

}  // namespace mydba::advise
