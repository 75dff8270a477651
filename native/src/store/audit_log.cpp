#include "store/audit_log.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "base/embedded.h"
#include "base/utc_time.h"
#include "codec.h"

namespace mydba::store {
namespace {

struct Link {
  std::int64_t seq = 0;
  std::string hash;
};

std::string sha256(std::string_view first, std::string_view second) {
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  EVP_DigestUpdate(context.get(), first.data(), first.size());
  EVP_DigestUpdate(context.get(), second.data(), second.size());
  EVP_DigestFinal_ex(context.get(), digest.data(), &size);
  std::string text;
  for (const unsigned char byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

Result<Link> head(Database& database) {
  auto statement = database.prepare("SELECT seq, hash FROM head");
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  return *row ? Link{statement->integer(0), statement->text(1)} : Link{};
}

Result<void> run(Database& database, std::string_view sql, std::int64_t seq, std::string_view text,
                 std::string_view more = {}) {
  auto statement = database.prepare(sql);
  if (!statement) return statement.error();
  statement->bind(1, seq).bind(2, text);
  if (!more.empty()) statement->bind(3, more);
  const auto done = statement->step();
  return done ? Result<void>() : Result<void>(done.error());
}

Result<protocol::AuditEntry> readEntry(const std::string& body) {
  protocol::AuditEntry entry;
  const auto json = rpc::parseJson(body);
  rpc::DecodePath path("audit entry");
  if (!json || !protocol::decode(*json, entry, path))
    return Error{.code = ErrorCode::io, .message = "an entry of the audit log cannot be read"};
  return entry;
}

}  // namespace

Result<std::string> auditFile() {
  if (const char* named = std::getenv("MYDBA_AUDIT_FILE"); named && *named)
    return std::string(named);
  std::filesystem::path folder;
  if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
    folder = data;
  else if (const char* home = std::getenv("HOME"); home && *home)
    folder = std::filesystem::path(home) / ".local/share";
  else
    return Error{.code = ErrorCode::io,
                 .message = "no place for the audit log: HOME is not set",
                 .hint = "set MYDBA_AUDIT_FILE"};
  folder /= "mydba";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return Error{.code = ErrorCode::io,
                 .message = folder.string() + ": " + error.message(),
                 .hint = "set MYDBA_AUDIT_FILE to a file in a folder that you may write to"};
  return (folder / "audit.db").string();
}

Result<AuditLog> AuditLog::open(const std::string& path) {
  auto database = Database::open(path);
  if (!database) return database.error();
  const auto made =
      database->execute(std::string(embeddedFile("native/src/store/sql/audit_schema.sql")));
  if (!made) return made.error();
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
  const auto last = head(database_);
  if (!last) return last.error();
  entry.seq = last->seq + 1;
  entry.time = utcNowWithMilliseconds();
  const std::string body = rpc::writeJson(protocol::encode(entry));
  const std::string hash = sha256(last->hash, body);
  auto added = run(database_, "INSERT INTO entry VALUES (?, ?, ?)", entry.seq, body, hash);
  if (!added) return added.error();
  added = run(database_, "INSERT OR REPLACE INTO head VALUES (1, ?, ?)", entry.seq, hash);
  if (!added) return added.error();
  return entry.seq;
}

Result<std::vector<protocol::AuditEntry>> AuditLog::list(const AuditFilter& filter) {
  // instr() takes the text as it is; LIKE would read % and _ in it.
  auto statement = database_.prepare(
      "SELECT body FROM entry WHERE ?2 = '' OR instr(lower(body), lower(?2)) > 0"
      " ORDER BY seq DESC LIMIT ?1");
  if (!statement) return statement.error();
  statement->bind(1, filter.limit.value_or(-1)).bind(2, filter.text);
  std::vector<protocol::AuditEntry> entries;
  for (;;) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) break;
    auto entry = readEntry(statement->text(0));
    if (!entry) return entry.error();
    entries.push_back(std::move(*entry));
  }
  std::reverse(entries.begin(), entries.end());
  return entries;
}

Result<protocol::AuditVerdict> AuditLog::verify() {
  const auto last = head(database_);
  if (!last) return last.error();
  auto statement = database_.prepare("SELECT seq, body, hash FROM entry ORDER BY seq");
  if (!statement) return statement.error();
  protocol::AuditVerdict verdict{.valid = true};
  const auto broken = [&](std::int64_t seq, std::string reason) {
    verdict.valid = false;
    verdict.brokenAt = seq;
    verdict.reason = std::move(reason);
    return verdict;
  };
  std::string hash;
  for (;;) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) break;
    const std::int64_t expected = verdict.entries + 1;
    if (statement->integer(0) != expected) return broken(expected, "the entry is missing");
    const std::string body = statement->text(1);
    hash = sha256(hash, body);
    if (statement->text(2) != hash) return broken(expected, "the entry is not what was written");
    const auto entry = readEntry(body);
    if (!entry || entry->seq != expected) return broken(expected, "the entry has another number");
    ++verdict.entries;
  }
  if (last->seq != verdict.entries || last->hash != hash)
    return broken(verdict.entries + 1, "entries at the end are missing, or were added by others");
  return verdict;
}

}  // namespace mydba::store
