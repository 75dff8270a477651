#pragma once

// The program's own SQLite files. Unlike the engine in engines/sqlite, nothing here is a user's:
// the statements are ours, and no text of them comes from elsewhere.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mydba::store {

/// One statement, bound and stepped through. Lives no longer than its Database.
class Statement {
 public:
  Statement& bind(int position, std::int64_t value);
  Statement& bind(int position, std::string_view text);
  /// True when there is a row, false at the end. After the end it can be bound and run again.
  Result<bool> step();
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  /// Valid until the next step.
  std::string_view view(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  explicit Statement(sqlite3_stmt* raw) : raw_(raw) {}
  std::unique_ptr<sqlite3_stmt, Finalize> raw_;
};

/// One open file. One thread at a time; several processes may have it open.
class Database {
 public:
  /// Opens the file, made with mode 0600 when it is missing, and waits up to five seconds for other
  /// processes. What was committed survives the death of any process, because it is in the kernel's
  /// hands; the disk has it after the next checkpoint, so that a power cut may lose the newest
  /// commits, never their order or the file (WAL with synchronous = NORMAL,
  /// sqlite.org/pragma.html#pragma_synchronous). Errors carry SQLite's extended code.
  static Result<Database> open(const std::string& path);

  /// Runs statements without results, one after the other.
  Result<void> execute(const std::string& script);
  Result<Statement> prepare(std::string_view sql);

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  Error failed(std::string_view what) const;

  std::string path_;
  std::unique_ptr<sqlite3, Close> raw_;
};

}  // namespace mydba::store
