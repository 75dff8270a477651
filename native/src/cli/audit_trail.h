#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sql/dialect.h"
#include "store/audit_log.h"

namespace mydba::cli {

/// Enters what a command does to one server into the audit log (store/audit_log.h). The log is
/// opened when there is something to enter. One that cannot be written is told on stderr, once, and
/// the command goes on: scripts rely on it.
class AuditTrail {
 public:
  /// `url` as given on the command line; its password is not entered.
  explicit AuditTrail(std::string_view url);

  /// Before a statement is sent: its number, or nothing for one that only reads and when there is
  /// no log.
  std::optional<std::int64_t> begins(std::string_view statement, const sql::Dialect& dialect);
  /// After it, with what came of it.
  void ended(std::optional<std::int64_t> began, const Result<void>& outcome,
             std::optional<std::int64_t> rows, double elapsedMs);
  /// A session or its statement was ended.
  void killed(std::string_view kind, const Result<void>& outcome);

 private:
  protocol::AuditEntry entry(protocol::AuditAction action) const;
  std::optional<std::int64_t> append(protocol::AuditEntry entry);

  std::string connection_;
  std::optional<store::AuditLog> log_;
  bool unavailable_ = false;
};

}  // namespace mydba::cli
