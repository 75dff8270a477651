#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/sqlite/session.h"
#include "sql/index_wish.h"

namespace mydba::sqlite {

/// What ANALYZE would say of an index if it were there.
struct IndexStatistics {
  std::int64_t rows = 0;   ///< entries
  std::string stat;        ///< sqlite_stat1.stat; empty without rows, of which ANALYZE says nothing
  std::int64_t bytes = 0;  ///< expected size
};

/// An index that was made in a copy (schema_copy.h).
struct CopiedIndex {
  std::string schema, name, table;
};

/// Counts the rows and the distinct values of each prefix in the real table; nothing is changed.
/// Error: not counted, for example when `cancel` ended it. `copy` has the index. Under a
/// Session::Guard of `real` with `cancel`.
Result<IndexStatistics> countIndex(Session& real, Session& copy, const CopiedIndex& index,
                                   const sql::IndexWish& wish, const CancelToken& cancel);

}  // namespace mydba::sqlite
