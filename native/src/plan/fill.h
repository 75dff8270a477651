#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::plan {

struct Filled {
  std::string sql;
  std::size_t parameters = 0;  ///< placeholders that were filled
};

/// Puts a sample value in place of every placeholder (`?`, `$1`, `:name`, `@name` where that is
/// one) and of what digests leave of lists (`IN (...)`, `VALUES (...)`), so that the statement can
/// be explained. The kind of value follows from what stands around it: a cast, LIMIT, LIKE,
/// INTERVAL, the name of the column that it is compared with or inserted into. The result is for
/// EXPLAIN only and never to be executed: the values mean nothing. Commands of Redis stay as they
/// are. Linear in the text.
Filled fillPlaceholders(std::string_view text, const sql::Dialect& dialect);

}  // namespace mydba::plan
