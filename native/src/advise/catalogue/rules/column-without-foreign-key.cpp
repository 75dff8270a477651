#include <algorithm>

#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

/// A name as a table of many may be called.
std::vector<std::string> withPlurals(const std::string& name) {
  std::vector<std::string> names = {name, name + "s", name + "es"};
  if (name.ends_with('y')) names.push_back(name.substr(0, name.size() - 1) + "ies");
  return names;
}

/// The table that `customer_id` names: `customer` or `customers`, with the type of its key.
const TableFacts* namedBy(const ColumnFacts& column, const TableFacts& table,
                          const CatalogueFacts& all) {
  if (!column.name.ends_with("_id") || column.name.size() < 5) return nullptr;
  for (const std::string& name : withPlurals(column.name.substr(0, column.name.size() - 3))) {
    const TableFacts* parent = all.table(table.schema, name);
    const IndexFacts* key = parent && parent != &table ? parent->primaryKey() : nullptr;
    if (!key || key->columns.size() != 1 || !parent->transactional) continue;
    const ColumnFacts* target = parent->column(key->columns[0].name);
    if (target && comparable(*target, column, all)) return parent;
  }
  return nullptr;
}

bool hasKey(const TableFacts& table, const std::string& column) {
  return std::any_of(table.foreignKeys.begin(), table.foreignKeys.end(), [&](const auto& key) {
    return std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
  });
}

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  // Where nobody uses foreign keys, each column would be told.
  const bool used = std::any_of(all.tables.begin(), all.tables.end(), [&](const TableFacts& other) {
    return other.schema == table.schema && !other.foreignKeys.empty();
  });
  if (!used || !table.transactional) return;
  for (const ColumnFacts& column : table.columns) {
    const TableFacts* parent = hasKey(table, column.name) ? nullptr : namedBy(column, table, all);
    if (parent)
      report.add(column.name,
                 "It looks like a key of " + inCode(parent->name) +
                     ", but no foreign key says so: rows may refer to what is not there");
  }
}

}  // namespace

extern const TableRule columnWithoutForeignKeyRule;
const TableRule columnWithoutForeignKeyRule{
    .id = "column-without-foreign-key", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
