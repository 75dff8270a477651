#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "sql/dialect.h"

namespace mydba::ai {

/// Bytes [start, end) of a statement.
struct TextRange {
  std::size_t start = 0;
  std::size_t end = 0;
};

/// Where a statement names users, roles and the hosts they come from: `'ann'@'10.0.0.7'`, `GRANT …
/// TO ann`, `OWNER TO ann`, `SET ROLE ann`. Sorted. In doubt it is a user: in CREATE, ALTER and
/// DROP of one, every word that the language does not have is. Sources: the manuals of CREATE USER,
/// GRANT, SET ROLE of MySQL 8.4 and MariaDB 11; CREATE ROLE, GRANT, ALTER … OWNER TO, REASSIGN
/// OWNED, CREATE POLICY of PostgreSQL 17.
std::vector<TextRange> accountsOfSql(std::string_view statement, const sql::Dialect& dialect);

}  // namespace mydba::ai
