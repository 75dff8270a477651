#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::plan {

struct Filled {
  std::string sql;
  std::size_t parameters = 0;  ///< placeholders that were filled
};

/// A column of a table in the statement, with the type that the server gives it: `varchar`, `date`.
struct ColumnType {
  std::string name;
  std::string type;
};

/// Puts a sample value in place of every placeholder (`?`, `$1`, `:name`, `@name` where that is
/// one) and of what digests leave of lists (`IN (...)`, `VALUES (...)`), so that the statement can
/// be explained. The kind of value follows from what stands around it: a cast, LIMIT, LIKE,
/// INTERVAL, the column that it is compared with or inserted into: its type when `columns` has it,
/// else its name. The result is for
/// EXPLAIN only and never to be executed: the values mean nothing. Commands of Redis stay as they
/// are. Linear in the text.
Filled fillPlaceholders(std::string_view text, const sql::Dialect& dialect,
                        std::span<const ColumnType> columns = {});

}  // namespace mydba::plan
