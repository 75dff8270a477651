#include "sample/database.h"

#include <filesystem>

#include "base/embedded.h"
#include "sample/inserter.h"
#include "sample/rows.h"

namespace mydba::sample {
namespace {

// Fields of the file's header that are ours to fill (sqlite.org/fileformat2.html, 1.3).
constexpr std::int64_t applicationId = 0x4D794442;  // "MyDB"
constexpr std::int64_t version = 1;                 // raised when the content changes

Database openFile(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  return Database(raw);
}

Result<void> execute(sqlite3* database, const std::string& sql) {
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return failure(database);
  return {};
}

/// First column of the first row; nothing when there is none.
std::optional<std::int64_t> number(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  sqlite3_prepare_v2(database, sql.c_str(), -1, &raw, nullptr);
  const Statement statement(raw);
  if (!statement || sqlite3_step(raw) != SQLITE_ROW) return std::nullopt;
  return sqlite3_column_int64(raw, 0);
}

/// Names every table and how much of the work it is.
struct Part {
  std::string_view message;
  Result<void> (*write)(sqlite3*, const Size&, const RowsDone&);
  std::int64_t Size::*rows;
};

constexpr Part parts[] = {{"customers", writeCustomers, &Size::customers},
                          {"products", writeProducts, &Size::products},
                          {"orders and their lines", writeOrders, &Size::orders},
                          {"events", writeEvents, &Size::events},
                          {"reviews", writeReviews, &Size::reviews}};

/// Rows take about this part of the time, the indexes the rest.
constexpr double rowsShare = 0.75;

Result<void> writeRows(sqlite3* database, const Size& size, const Progress& progress,
                       const CancelToken& cancel) {
  std::int64_t all = 0;
  for (const Part& part : parts) all += size.*part.rows;
  std::int64_t before = 0;
  for (const Part& part : parts) {
    std::int64_t written = before;
    const auto report = [&] {
      progress({.message = "Writing " + std::string(part.message),
                .fraction = rowsShare * static_cast<double>(written) / static_cast<double>(all)});
    };
    report();
    const auto done = part.write(database, size, [&](std::int64_t rows) -> Result<void> {
      if (cancel.cancelled()) return cancel.error();
      written += rows;
      report();
      return {};
    });
    if (!done) return done;
    before += size.*part.rows;
    if (cancel.cancelled()) return cancel.error();
  }
  return {};
}

Result<void> writeAll(sqlite3* database, const Size& size, const Progress& progress,
                      const CancelToken& cancel) {
  // The file has a temporary name and is thrown away when anything fails: no journal is needed.
  // Until the rename nothing has to survive a power cut either.
  if (const auto done = execute(database,
                                "PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA "
                                "synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA "
                                "cache_size=-16384; BEGIN");
      !done)
    return done;
  const auto schema = embeddedFile("native/src/sample/schema.sql");
  if (const auto done = execute(database, std::string(schema)); !done) return done;
  if (const auto done = writeRows(database, size, progress, cancel); !done) return done;
  progress({.message = "Writing indexes", .fraction = rowsShare});
  const auto stop = cancel.onCancel([database] { sqlite3_interrupt(database); });
  const auto indexes = embeddedFile("native/src/sample/indexes.sql");
  if (const auto done = execute(database, std::string(indexes)); !done)
    return cancel.cancelled() ? cancel.error() : done.error();
  return execute(database, "PRAGMA application_id=" + std::to_string(applicationId) +
                               "; PRAGMA user_version=" + std::to_string(version) +
                               "; COMMIT; PRAGMA journal_mode=DELETE");
}

}  // namespace

Owner ownerOf(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))
    return Owner::nobody;
  const Database database = openFile(path, SQLITE_OPEN_READONLY);
  if (number(database.get(), "PRAGMA application_id") != applicationId) return Owner::somebodyElse;
  return number(database.get(), "PRAGMA user_version") == version ? Owner::sample
                                                                  : Owner::olderSample;
}

Result<void> writeDatabase(const std::string& path, const Size& size, const Progress& progress,
                           const CancelToken& cancel) {
  const Database database = openFile(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!database) return Error{.code = ErrorCode::io, .message = "not enough memory"};
  return writeAll(database.get(), size, progress, cancel);
}

Result<std::vector<protocol::SampleTable>> countTables(const std::string& path) {
  const Database database = openFile(path, SQLITE_OPEN_READONLY);
  std::vector<protocol::SampleTable> tables;
  for (const std::string name :
       {"customers", "events", "order_items", "orders", "products", "reviews"}) {
    const auto rows = number(database.get(), "SELECT count(*) FROM " + name);
    // The user may have dropped a table of it; the sample is theirs.
    if (rows) tables.push_back({.name = name, .rows = *rows});
  }
  if (tables.empty()) return failure(database.get());
  return tables;
}

}  // namespace mydba::sample
