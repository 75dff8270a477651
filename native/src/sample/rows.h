#pragma once

#include <sqlite3.h>

#include <functional>

#include "sample/sample.h"

namespace mydba::sample {

/// Called after a part of the rows with their number; its error ends the writing.
using RowsDone = std::function<Result<void>(std::int64_t rows)>;

/// Each fills one table of an empty sample inside the caller's transaction. What a table holds
/// depends on `size` alone.
Result<void> writeCustomers(sqlite3* database, const Size& size, const RowsDone& done);
Result<void> writeProducts(sqlite3* database, const Size& size, const RowsDone& done);
Result<void> writeOrders(sqlite3* database, const Size& size, const RowsDone& done);
Result<void> writeEvents(sqlite3* database, const Size& size, const RowsDone& done);
Result<void> writeReviews(sqlite3* database, const Size& size, const RowsDone& done);

}  // namespace mydba::sample
