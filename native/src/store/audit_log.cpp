#include "store/audit_log.h"

#include <algorithm>
#include <chrono>

#include "base/embedded.h"
#include "base/utc_time.h"
#include "codec.h"
#include "store/audit_chain.h"
#include "store/data_file.h"

namespace mydba::store {
namespace {

/// Of sql/audit_schema.sql.
constexpr std::int64_t schemaVersion = 1;

Result<void> run(Database& database, std::string_view sql, std::int64_t seq, std::string_view text,
                 std::string_view more = {}) {
  auto statement = database.prepare(sql);
  if (!statement) return statement.error();
  statement->bind(1, seq).bind(2, text);
  if (!more.empty()) statement->bind(3, more);
  const auto done = statement->step();
  return done ? Result<void>() : Result<void>(done.error());
}

/// Of the entries up to `through`, what is known of the last.
Result<Link> linkAt(Database& database, std::int64_t through) {
  auto statement = database.prepare("SELECT seq, hash FROM entry WHERE seq = ?");
  if (!statement) return statement.error();
  statement->bind(1, through);
  const auto row = statement->step();
  if (!row) return row.error();
  if (!*row) return Error{.code = ErrorCode::io, .message = "an entry of the audit log is missing"};
  return Link{statement->integer(0), statement->text(1)};
}

Result<std::int64_t> number(Database& database, const char* sql) {
  auto statement = database.prepare(sql);
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  return *row ? statement->integer(0) : 0;
}

}  // namespace

Result<std::string> auditFile() { return dataFile("audit.db", "MYDBA_AUDIT_FILE"); }

Result<AuditLog> AuditLog::open(const std::string& path) {
  auto database = Database::open(path);
  if (!database) return database.error();
  const auto version = number(*database, "PRAGMA user_version");
  if (!version) return version.error();
  if (*version < schemaVersion) {
    const auto made =
        database->execute(std::string(embeddedFile("native/src/store/sql/audit_schema.sql")));
    if (!made) return made.error();
  }
  return AuditLog(std::move(*database));
}

Result<std::int64_t> AuditLog::append(protocol::AuditEntry entry) {
  // IMMEDIATE: the head that is read is the one that is written behind, whoever else adds.
  if (const auto begun = database_.execute("BEGIN IMMEDIATE"); !begun) return begun.error();
  auto seq = add(std::move(entry));
  const auto ended = database_.execute(seq ? "COMMIT" : "ROLLBACK");
  if (seq && !ended) return ended.error();
  return seq;
}

Result<std::int64_t> AuditLog::add(protocol::AuditEntry entry) {
  const auto last = linkIn(database_, "SELECT seq, hash FROM head");
  if (!last) return last.error();
  entry.seq = last->seq + 1;
  entry.time = utcNowWithMilliseconds();
  const std::string body = rpc::writeJson(protocol::encode(entry));
  const std::string hash = chainHash(last->hash, body);
  auto added = run(database_, "INSERT INTO entry VALUES (?, ?, ?)", entry.seq, body, hash);
  if (!added) return added.error();
  if (entry.began) {
    added = database_.execute("INSERT INTO ending VALUES (" + std::to_string(*entry.began) + ", " +
                              std::to_string(entry.seq) + ")");
    if (!added) return added.error();
  }
  added = run(database_, "INSERT OR REPLACE INTO head VALUES (1, ?, ?)", entry.seq, hash);
  if (!added) return added.error();
  return entry.seq;
}

Result<std::int64_t> AuditLog::prune(const AuditRetention& retention) {
  if (const auto begun = database_.execute("BEGIN IMMEDIATE"); !begun) return begun.error();
  Result<std::int64_t> gone = 0;
  if (const auto old = lastTooOld(retention); !old)
    gone = old.error();
  else if (*old > 0)
    gone = letGo(*old, "older than " + std::to_string(retention.days) + " days");
  else if (const auto much = lastTooMuch(retention); !much)
    gone = much.error();
  else if (*much > 0)
    gone = letGo(*much, "more than " + std::to_string(retention.megabytes) + " MB");
  const auto ended = database_.execute(gone ? "COMMIT" : "ROLLBACK");
  if (gone && !ended) return ended.error();
  return gone;
}

Result<std::int64_t> AuditLog::lastTooOld(const AuditRetention& retention) {
  if (retention.days <= 0) return 0;
  const auto kept = std::chrono::system_clock::now() - std::chrono::hours(24) * retention.days;
  auto statement = database_.prepare("SELECT seq, body FROM entry ORDER BY seq");
  if (!statement) return statement.error();
  // A day more at first, so that it is let go in parts of a day and not one by one.
  std::string limit = utcWithMilliseconds(kept - std::chrono::hours(24));
  std::int64_t last = 0;
  for (;;) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row || timeOf(statement->view(1)) >= limit) return last;
    last = statement->integer(0);
    limit = utcWithMilliseconds(kept);
  }
}

Result<std::int64_t> AuditLog::lastTooMuch(const AuditRetention& retention) {
  if (retention.megabytes <= 0) return 0;
  const auto pages = number(database_, "PRAGMA page_count");
  const auto unused = number(database_, "PRAGMA freelist_count");
  const auto size = number(database_, "PRAGMA page_size");
  const auto first = number(database_, "SELECT min(seq) FROM entry");
  const auto last = number(database_, "SELECT max(seq) FROM entry");
  for (const auto* part : {&pages, &unused, &size, &first, &last})
    if (!*part) return part->error();
  const auto bytes = static_cast<double>((*pages - *unused) * *size);
  const auto most = static_cast<double>(retention.megabytes) * 1e6;
  if (bytes <= most) return 0;
  const auto entries = static_cast<double>(*last - *first + 1);
  const auto surplus = static_cast<std::int64_t>(entries * (bytes - 0.9 * most) / bytes);
  return std::min(*first + surplus, *last);
}

Result<std::int64_t> AuditLog::letGo(std::int64_t through, std::string reason) {
  const auto start = linkIn(database_, "SELECT seq, hash FROM start");
  if (!start) return start.error();
  const auto last = linkAt(database_, through);
  if (!last) return last.error();
  const std::int64_t entries = through - start->seq;
  protocol::AuditEntry entry{.actor = protocol::AuditActor::editor,
                             .action = protocol::AuditAction::retention,
                             .connection = ""};
  entry.removed = protocol::AuditRemoval{
      .through = through, .hash = last->hash, .entries = entries, .reason = std::move(reason)};
  if (const auto added = add(std::move(entry)); !added) return added.error();
  auto done = run(database_, "INSERT OR REPLACE INTO start VALUES (1, ?, ?)", through, last->hash);
  if (!done) return done.error();
  done = database_.execute(
      "DELETE FROM entry WHERE seq <= (SELECT seq FROM start);"
      "DELETE FROM ending WHERE seq <= (SELECT seq FROM start)");
  if (!done) return done.error();
  return entries;
}

}  // namespace mydba::store
