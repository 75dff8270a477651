// Checks the chain from its first entry, then the end that `head` remembers, then the file itself.
// The order matters: what is wrong with an entry is said by its number where that can be.

#include <algorithm>
#include <cstdlib>

#include "store/audit_chain.h"
#include "store/audit_log.h"

namespace mydba::store {
namespace {

/// Entries between two reports of progress.
constexpr std::int64_t progressStep = 2000;

/// What SQLite says when a file is not what it wrote: SQLITE_CORRUPT, SQLITE_NOTADB, and
/// SQLITE_ERROR of a schema that cannot be read (sqlite.org/rescode.html). The primary code is the
/// low byte.
bool isDamage(const Error& error) {
  const int code = std::atoi(error.engineCode.c_str()) & 0xff;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
}

/// One walk over the chain.
class Walk {
 public:
  explicit Walk(Link start) : start_(start), last_(std::move(start)) {}

  /// False when the chain breaks here; `verdict` says why.
  bool take(std::int64_t seq, std::string_view body, std::string_view hash) {
    const std::int64_t expected = last_.seq + 1;
    if (seq != expected) return broken(expected, "the entry is missing");
    last_ = {expected, chainHash(last_.hash, body)};
    if (hash != last_.hash) return broken(expected, "the entry is not what was written");
    const auto entry = readEntry(body);
    if (!entry || entry->seq != expected) return broken(expected, "the entry has another number");
    if (entry->removed) removed_ = entry->removed;
    if (entry->began) ++endings_;
    ++verdict_.entries;
    return true;
  }
  bool end(const Link& head) {
    if (last_.seq != head.seq || last_.hash != head.hash)
      return broken(last_.seq + 1, "entries at the end are missing, or were added by others");
    if (start_.seq == 0 && !removed_) return true;
    // The newest retention in the chain is what may be missing, nothing else.
    if (!removed_ || removed_->through != start_.seq || removed_->hash != start_.hash)
      return broken(1, "the entries at the beginning are missing, and no retention let them go");
    verdict_.removed = start_.seq;
    return true;
  }
  bool broken(std::optional<std::int64_t> seq, std::string reason) {
    verdict_.valid = false;
    verdict_.brokenAt = seq;
    verdict_.reason = std::move(reason);
    return false;
  }
  protocol::AuditVerdict& verdict() { return verdict_; }
  std::int64_t endings() const { return endings_; }

 private:
  const Link start_;
  Link last_;
  std::optional<protocol::AuditRemoval> removed_;
  std::int64_t endings_ = 0;
  protocol::AuditVerdict verdict_{.valid = true};
};

/// True when the whole chain holds.
Result<bool> walk(Database& database, Walk& walk, const CancelToken& cancel,
                  const AuditLog::Progress& progress) {
  const auto head = linkIn(database, "SELECT seq, hash FROM head");
  if (!head) return head.error();
  auto statement = database.prepare("SELECT seq, body, hash FROM entry ORDER BY seq");
  if (!statement) return statement.error();
  const std::int64_t& done = walk.verdict().entries;
  for (;;) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) break;
    if (!walk.take(statement->integer(0), statement->view(1), statement->view(2))) return false;
    if (done % progressStep != 0) continue;
    if (cancel.cancelled()) return cancel.error();
    if (progress) progress(done, std::max(done, head->seq));
  }
  return walk.end(*head);
}

Result<std::string> firstText(Database& database, std::string_view sql) {
  auto statement = database.prepare(sql);
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  return statement->text(0);
}

/// What no entry is in: pages and tables, by SQLite's own check, and which ending is whose.
Result<std::string> checkFile(Database& database, std::int64_t endings) {
  auto pages = firstText(database, "PRAGMA integrity_check(1)");
  if (!pages || *pages != "ok") return pages;
  const auto known = firstText(database,
                               "SELECT count(*) FROM ending JOIN entry ON entry.seq = ending.seq"
                               " AND instr(body, '\"began\":' || began || ',') > 0");
  if (!known) return known.error();
  return *known == std::to_string(endings) ? std::string("ok")
                                           : std::string("endings have lost their beginnings");
}

}  // namespace

Result<protocol::AuditVerdict> AuditLog::verify(const CancelToken& cancel,
                                                const Progress& progress) {
  // One view of the file for all of it: others may add meanwhile.
  if (const auto begun = database_.execute("BEGIN"); !begun) return begun.error();
  auto verdict = verifyNow(cancel, progress);
  static_cast<void>(database_.execute("ROLLBACK"));
  return verdict;
}

Result<protocol::AuditVerdict> AuditLog::verifyNow(const CancelToken& cancel,
                                                   const Progress& progress) {
  const auto damaged = [](Walk& walk, const Error& error) -> Result<protocol::AuditVerdict> {
    if (!isDamage(error)) return error;
    walk.broken(std::nullopt, "the file is damaged: " + error.message);
    return walk.verdict();
  };
  auto start = linkIn(database_, "SELECT seq, hash FROM start");
  Walk chain(start ? *start : Link{});
  if (!start) return damaged(chain, start.error());
  const auto held = walk(database_, chain, cancel, progress);
  if (!held) return damaged(chain, held.error());
  if (!*held) return chain.verdict();
  const auto file = checkFile(database_, chain.endings());
  if (!file) return damaged(chain, file.error());
  if (*file != "ok") chain.broken(std::nullopt, "the file is damaged: " + *file);
  return chain.verdict();
}

}  // namespace mydba::store
