#include "engines/sqlite/session.h"

#include <algorithm>
#include <filesystem>

#include "base/embedded.h"

namespace mydba::sqlite {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// Instructions between two looks at the token: some 20 µs, so that it costs nothing to speak of.
constexpr int progressSteps = 2000;
/// Longest wait for another program's lock: 5 s in steps of 10 ms.
constexpr int busyAttempts = 500;
constexpr auto busyStep = 10ms;

std::string option(const protocol::ConnectionProfile& profile, std::string_view name) {
  if (profile.options)
    for (const protocol::NamedValue& value : *profile.options)
      if (value.name == name) return value.value;
  return {};
}

/// Opening a pipe or a device could block for ever, and SQLite's own message for a folder or a
/// missing file is the same for both.
Result<void> checkFile(const std::string& path, bool create) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::is_regular_file(status)) return {};
  if (fs::exists(status))
    return Error{.code = ErrorCode::connectFailed, .message = path + " is not a file"};
  if (create) return {};
  return Error{.code = ErrorCode::connectFailed,
               .message = "there is no file " + path,
               .engineCode = std::to_string(SQLITE_CANTOPEN),
               .hint = "Check the path; add ?mode=rwc to the URL to create a new database"};
}

std::int64_t versionNumber() {
  const int number = sqlite3_libversion_number();  // X*1000000 + Y*1000 + Z
  return number / 1000000 * 10000 + number / 1000 % 1000 * 100 + number % 1000;
}

}  // namespace

Session::Session(Database database) : database_(std::move(database)) {
  sqlite3* handle = database_.get();
  sqlite3_extended_result_codes(handle, 1);
  // A database file is somebody else's text: it may not load code, nor call functions with side
  // effects from its views and triggers (sqlite.org/security.html).
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_busy_handler(handle, &Session::onBusy, this);
  sqlite3_progress_handler(handle, progressSteps, &Session::onProgress, this);
}

Result<std::unique_ptr<Session>> Session::open(const protocol::ConnectionProfile& profile,
                                               const CancelToken& cancel) {
  const std::string path = profile.path.value_or("");
  if (path.empty())
    return Error{.code = ErrorCode::invalidParams, .message = "the connection names no file"};
  const bool readOnly = profile.readOnly.value_or(false);
  const bool create = !readOnly && option(profile, "mode") == "rwc";
  if (path != ":memory:")
    if (const auto file = checkFile(path, create); !file) return file.error();
  int flags = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (create) flags |= SQLITE_OPEN_CREATE;
  // The lane is the only thread that calls in, besides sqlite3_interrupt, which is always safe.
  flags |= SQLITE_OPEN_NOMUTEX;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Database database(raw);
  const auto refused = [&](Error error) {
    if (error.code != ErrorCode::cancelled && error.code != ErrorCode::timeout)
      error.code = ErrorCode::connectFailed;
    error.message = path + ": " + error.message;
    return error;
  };
  if (code != SQLITE_OK) return refused(failure(database.get(), code));
  std::unique_ptr<Session> session(new Session(std::move(database)));
  session->readOnly_ = readOnly;
  session->server_ = {.engine = "sqlite",
                      .flavour = "SQLite",
                      .version = sqlite3_libversion(),
                      .versionNumber = versionNumber(),
                      .database = fs::path(path).filename().string(),
                      .user = {},
                      .tls = false};
  // Opening reads nothing. The first statement tells whether the file is a database.
  const Guard guard(*session, cancel);
  auto probe = prepare(session->handle(), embeddedSql("sqlite", "probe"));
  if (!probe) return refused(probe.error());
  const int step = sqlite3_step(probe->get());
  if (step != SQLITE_ROW) return refused(session->failed(step, cancel));
  return session;
}

Session::Guard::Guard(Session& session, const CancelToken& cancel)
    : session_(session),
      registration_(cancel.onCancel([handle = session.handle()] { sqlite3_interrupt(handle); })) {
  session_.running_ = cancel;
}

Session::Guard::~Guard() { session_.running_ = CancelToken(); }

Error Session::failed(int code, const CancelToken& cancel) const {
  if (cancel.cancelled()) return cancel.error();
  return failure(handle(), code);
}

int Session::onBusy(void* self, int attempt) {
  if (attempt >= busyAttempts) return 0;
  auto* session = static_cast<Session*>(self);
  const auto start = Clock::now();
  const auto slept = sleepUntil(start + busyStep, session->running_);
  session->waited_ += Clock::now() - start;
  return slept ? 1 : 0;
}

int Session::onProgress(void* self) {
  return static_cast<Session*>(self)->running_.cancelled() ? 1 : 0;
}

}  // namespace mydba::sqlite
