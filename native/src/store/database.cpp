#include "store/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace mydba::store {
namespace {

constexpr int busyMs = 5000;

/// SQLite would make the file readable for everybody (umask).
Result<void> makePrivate(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return Error{.code = ErrorCode::io,
                 .message = path + ": " + std::strerror(errno),
                 .hint = "name a file in a folder that you may write to"};
  ::close(fd);
  return {};
}

}  // namespace

Statement& Statement::bind(int position, std::int64_t value) {
  sqlite3_bind_int64(raw_.get(), position, value);
  return *this;
}

Statement& Statement::bind(int position, std::string_view text) {
  sqlite3_bind_text64(raw_.get(), position, text.data(), text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(raw_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3* database = sqlite3_db_handle(raw_.get());
  Error error{.code = ErrorCode::io,
              .message = sqlite3_errmsg(database),
              .engineCode = std::to_string(sqlite3_extended_errcode(database))};
  sqlite3_reset(raw_.get());
  if (code == SQLITE_DONE) return false;
  return error;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(raw_.get(), column);
}

std::string Statement::text(int column) const { return std::string(view(column)); }

std::string_view Statement::view(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(raw_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw_.get(), column));
  return bytes ? std::string_view(bytes, size) : std::string_view();
}

Result<Database> Database::open(const std::string& path) {
  if (const auto made = makePrivate(path); !made) return made.error();
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database;
  database.path_ = path;
  database.raw_.reset(raw);
  if (code != SQLITE_OK) return database.failed("cannot be opened");
  sqlite3_busy_timeout(raw, busyMs);
  if (const auto set = database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      !set)
    return set.error();
  return database;
}

Result<void> Database::execute(const std::string& script) {
  if (sqlite3_exec(raw_.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return failed("cannot be written");
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code =
      sqlite3_prepare_v2(raw_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  Statement statement(raw);
  if (code != SQLITE_OK) return failed("cannot be read");
  return statement;
}

Error Database::failed(std::string_view what) const {
  return {.code = ErrorCode::io,
          .message = path_ + " " + std::string(what) + ": " + sqlite3_errmsg(raw_.get()),
          .engineCode = std::to_string(sqlite3_extended_errcode(raw_.get()))};
}

}  // namespace mydba::store
