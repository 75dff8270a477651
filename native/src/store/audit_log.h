#pragma once

// The audit log: what was done to servers, in entries that are only ever added.
//
// Each entry carries the SHA-256 of the hash before it and of its own body, so that a change, a
// removal or another order breaks the chain from there on; `head` repeats the last one, so that a
// cut at the end is missed too. Whoever can write the file can also write a whole new chain: the
// log tells of accidents and of tampering by somebody who does not rewrite it all, and a copy kept
// elsewhere (`mydba audit export`) tells of the rest.
//
// A statement is entered before it is sent and again when it has ended, each in a transaction that
// is on disk before the call returns. A program that is killed in between leaves the first entry.
//
// No entry has a literal, a secret or a result in it: that is up to the caller, who passes the
// anonymised text.

#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "types.h"

namespace mydba::store {

/// The file of this user: $MYDBA_AUDIT_FILE, else mydba/audit.db in $XDG_DATA_HOME or
/// ~/.local/share. Its folder is made.
Result<std::string> auditFile();

/// Which entries are wanted, and how many of the newest.
struct AuditFilter {
  std::string text;  ///< anywhere in the entry, without case
  std::optional<std::int64_t> limit;
};

/// An open log. One thread at a time; several processes may add to the same file.
class AuditLog {
 public:
  static Result<AuditLog> open(const std::string& path);

  /// Adds an entry and returns its number. `seq` and `time` of `entry` are set here.
  Result<std::int64_t> append(protocol::AuditEntry entry);
  /// Oldest first.
  Result<std::vector<protocol::AuditEntry>> list(const AuditFilter& filter);
  Result<protocol::AuditVerdict> verify();

 private:
  explicit AuditLog(Database database) : database_(std::move(database)) {}
  Result<std::int64_t> add(protocol::AuditEntry entry);

  Database database_;
};

}  // namespace mydba::store
