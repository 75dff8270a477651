#pragma once

// The audit log: what was done to servers, in entries that are only ever added.
//
// Each entry carries the SHA-256 of the hash before it and of its own body, so that a change, a
// removal or another order breaks the chain from there on; `head` repeats the last one, so that a
// cut at the end is missed too. Whoever can write the file can also write a whole new chain: the
// log tells of accidents and of tampering by somebody who does not rewrite it all, and a copy kept
// elsewhere (`mydba audit export`) tells of the rest.
//
// A statement is entered before it is sent and again when it has ended, each in a transaction of
// its own. A program that is killed in between leaves the first entry, and nothing that was entered
// is lost with the program (store/database.h). A power cut may lose the newest entries: that leaves
// a shorter chain, which is valid. So does whoever removes the write-ahead log (`-wal`) of a
// program that was killed, before the file is opened again.
//
// Retention lets the oldest entries go. In the same transaction an entry joins the chain that says
// through which number, with which hash, and why; from there on the chain is checked. Without such
// an entry a missing beginning is tampering.
//
// No entry has a literal, a secret or a result in it: that is up to the caller, who passes the
// anonymised text, and of text that is not in the connection's dialect at most the verb.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "store/database.h"
#include "types.h"

namespace mydba::store {

/// The file of this user: $MYDBA_AUDIT_FILE, else mydba/audit.db in $XDG_DATA_HOME or
/// ~/.local/share. Its folder is made.
Result<std::string> auditFile();

/// What is kept; 0 is without limit.
struct AuditRetention {
  std::int64_t days = 0;
  std::int64_t megabytes = 0;  ///< of 1,000,000 bytes, of pages in use
};

/// An open log. One thread at a time; several processes may add to the same file.
class AuditLog {
 public:
  static Result<AuditLog> open(const std::string& path);

  /// Adds an entry and returns its number. `seq` and `time` of `entry` are set here.
  Result<std::int64_t> append(protocol::AuditEntry entry);
  /// Lets the oldest go: those too old, once the first is a day too old, and when the log is too
  /// large as many as bring it to nine tenths. How many went.
  Result<std::int64_t> prune(const AuditRetention& retention);

  /// The newest `limit` entries that hold `text`, oldest of them first, beginnings and endings each
  /// by itself.
  Result<std::vector<protocol::AuditEntry>> list(std::string_view text,
                                                 std::optional<std::int64_t> limit);
  struct Page {
    std::vector<protocol::AuditEntry> entries;
    std::optional<std::int64_t> next;  ///< `before` of the next page
  };
  /// What matches, newest first, each ending merged into its beginning.
  Result<Page> page(const protocol::AuditFilter& filter, std::optional<std::int64_t> before,
                    std::size_t limit, const CancelToken& cancel = {});

  using Progress = std::function<void(std::int64_t entries, std::int64_t total)>;
  /// Whether all is as it was written, and the file sound. Invalid is no error.
  Result<protocol::AuditVerdict> verify(const CancelToken& cancel = {},
                                        const Progress& progress = {});

 private:
  explicit AuditLog(Database database) : database_(std::move(database)) {}
  Result<protocol::AuditVerdict> verifyNow(const CancelToken& cancel, const Progress& progress);
  Result<std::int64_t> add(protocol::AuditEntry entry);
  Result<std::int64_t> lastTooOld(const AuditRetention& retention);
  Result<std::int64_t> lastTooMuch(const AuditRetention& retention);
  Result<std::int64_t> letGo(std::int64_t through, std::string reason);
  Result<std::optional<std::string>> endingOf(std::int64_t seq);

  Database database_;
};

}  // namespace mydba::store
