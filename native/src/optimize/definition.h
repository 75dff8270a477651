#pragma once

// What the definition of a table guarantees about its rows: rewrites that need a key, or a column
// without NULLs, may not rest on the data of today.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sql/dialect.h"

namespace mydba::optimize {

/// Names are in lower case, without quotes.
struct Definition {
  struct Column {
    std::string name;
    std::string type;  ///< in lower case: `varchar(20)`
    bool neverNull = false;
  };
  std::vector<Column> columns;
  /// Columns that are never NULL and together never the same in two rows.
  std::vector<std::vector<std::string>> keys;

  /// Null when there is no such column.
  const Column* find(std::string_view column) const;
  /// Some key consists of nothing but `columns`.
  bool hasKeyIn(const std::vector<std::string>& columns) const;
};

/// Tables by their names, without schema.
using Definitions = std::map<std::string, Definition, std::less<>>;

/// Of a CREATE TABLE as the server gave it, with whatever stands behind it; without columns when it
/// is none. What it does not understand guarantees nothing.
Definition readDefinition(std::string_view createTable, const sql::Dialect& dialect);

/// Whole numbers of any size, and decimals that are computed without rounding.
bool isExactNumber(std::string_view type);
bool isWholeNumber(std::string_view type);
bool isText(std::string_view type);

}  // namespace mydba::optimize
