#pragma once

// What a read-only connection may do, held by the library's authorizer.
//
// SQLITE_OPEN_READONLY keeps the file as it is, but not the rest of the disk: VACUUM INTO and
// ATTACH reach other files (sqlite.org/lang_vacuum.html), and temporary tables are written. The
// authorizer is asked while a statement is compiled, for everything that it will do, whatever its
// text looks like (sqlite.org/c3ref/set_authorizer.html).

#include "engines/sqlite/handle.h"

namespace mydba::sqlite {

/// Lets `database` compile only what reads while it lives. Lane's thread; `database` outlives it.
class [[nodiscard]] ReadOnlyScope {
 public:
  explicit ReadOnlyScope(sqlite3* database);
  ~ReadOnlyScope();
  ReadOnlyScope(const ReadOnlyScope&) = delete;
  ReadOnlyScope& operator=(const ReadOnlyScope&) = delete;

 private:
  sqlite3* database_;
};

}  // namespace mydba::sqlite
