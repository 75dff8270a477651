#include "engines/workload_statement.h"

#include <algorithm>

#include "sql/facts.h"
#include "sql/keyword.h"
#include "sql/statement.h"

namespace mydba {

bool isWorkload(std::string_view sql, const sql::Dialect& dialect,
                std::span<const std::string_view> systemSchemas, bool cut) {
  if (!sql::readFacts(sql, dialect).explainable) return false;
  const auto tables = sql::readStatement(sql, dialect).tables;
  const bool ofSystem = std::any_of(tables.begin(), tables.end(), [&](const sql::TableUse& use) {
    const std::string schema = sql::lowerCase(use.table.schema);
    return std::find(systemSchemas.begin(), systemSchemas.end(), schema) != systemSchemas.end();
  });
  return !ofSystem && (cut || !tables.empty());
}

}  // namespace mydba
