#pragma once

#include <sqlite3.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mydba::sqlite {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// What the library reports about its last call, which returned `code`.
Error failure(sqlite3* database, int code);

/// Compiles `sql`, which holds exactly one statement; null when it holds only comments.
/// `prefix` bytes at its start are ours: a position is counted from behind them.
Result<Statement> prepare(sqlite3* database, std::string_view sql, std::size_t prefix = 0);

/// Text of a column, empty for NULL. Valid until the statement moves.
std::string_view columnText(sqlite3_stmt* statement, int column);

/// `"name"`, quoted whatever it holds.
std::string quoteName(std::string_view name);

}  // namespace mydba::sqlite
