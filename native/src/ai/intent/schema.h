#pragma once

// What is known of a database when a sentence is read: its tables, by name. A value; where it came
// from (a server, a file, a test) does not matter here.

#include <cstdint>
#include <string>
#include <vector>

namespace mydba::ai::intent {

struct SchemaColumn {
  std::string name;
  std::string type;     ///< as the server spells it; empty when not known
  std::string comment;  ///< empty without one
  bool primaryKey = false;
};

/// `columns[i]` holds what is in `references[i]` of `table`.
struct SchemaForeignKey {
  std::vector<std::string> columns;
  std::string table;
  std::vector<std::string> references;  ///< empty: its primary key
};

struct SchemaTable {
  std::string schema;  ///< empty where names need none
  std::string name;
  std::string comment;
  std::vector<SchemaColumn> columns;
  std::vector<SchemaForeignKey> foreignKeys;
};

struct Schema {
  std::vector<SchemaTable> tables;
};

/// Index of a table; of a column within it.
using TableId = std::uint32_t;
struct ColumnId {
  TableId table = 0;
  std::uint32_t column = 0;

  bool operator==(const ColumnId&) const = default;
};

inline const SchemaColumn& columnOf(const Schema& schema, ColumnId id) {
  return schema.tables[id.table].columns[id.column];
}

}  // namespace mydba::ai::intent
