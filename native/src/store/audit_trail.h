#pragma once

// What somebody does on one connection, as entries of the audit log.
//
// A statement that only reads is not entered: it would bury the others. What is entered is what a
// read-only connection would hold back, and whatever the guard did not simply allow. It is entered
// before it is sent and again when it has ended; what the gate refuses has one entry.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/wait.h"
#include "guard/gate.h"
#include "sql/dialect.h"
#include "store/audit_writer.h"

namespace mydba::store {

/// On whose behalf, and where.
struct AuditScope {
  protocol::AuditActor actor = protocol::AuditActor::editor;
  std::string connection;  ///< URL without a password
  std::optional<protocol::Environment> environment;
  const sql::Dialect* dialect = &sql::genericDialect();
};

/// Of a connection to a server, or of an attempt to make one.
AuditScope auditScope(protocol::AuditActor actor, const protocol::ConnectionProfile& profile);

/// A statement whose beginning was entered.
struct AuditBeginning {
  std::int64_t seq = 0;
  protocol::AuditAction action = protocol::AuditAction::statement;
};

/// A value; copies enter into the same log. Any thread.
class AuditTrail {
 public:
  AuditTrail(std::shared_ptr<AuditWriter> writer, AuditScope scope)
      : writer_(std::move(writer)), scope_(std::move(scope)) {}

  /// The gate's answers (guard/gate.h); what it refuses, or the user declines, is entered.
  Result<std::vector<guard::JudgedStatement>> judge(const guard::Gate& gate,
                                                    std::string_view text) const;
  Result<guard::CheckedStatement> admit(const guard::Gate& gate, guard::JudgedStatement statement,
                                        const guard::Confirm& confirm) const;

  /// Before a statement is sent: what `ended` wants, or nothing when it is not entered. An error
  /// means that it must not be run (AuditWriter::append).
  Result<std::optional<AuditBeginning>> begins(const guard::CheckedStatement& statement) const;
  /// The same of a dry run.
  Result<std::optional<AuditBeginning>> begins(const guard::JudgedStatement& statement) const;
  /// After it, with what came of it.
  void ended(const std::optional<AuditBeginning>& began, const Result<void>& outcome,
             std::optional<std::int64_t> rows, double elapsedMs) const;
  /// After one that was run and taken back by a rollback.
  void rolledBack(const std::optional<AuditBeginning>& began, std::int64_t rows,
                  double elapsedMs) const;
  /// Around `work`, which runs the statement and takes back what it changes, as measuring does:
  /// begins, and what came of it. Nothing is run when the beginning could not be entered.
  template <typename Work>
  auto takenBack(const guard::CheckedStatement& statement, Work work) const -> decltype(work()) {
    const auto start = Clock::now();
    const auto began = begins(statement);
    if (!began) return began.error();
    auto result = work();
    tookBack(*began, result ? Result<void>() : Result<void>(result.error()),
             millisecondsSince(start));
    return result;
  }
  /// After one that the engine has taken back by itself, or failed to run.
  void tookBack(const std::optional<AuditBeginning>& began, const Result<void>& outcome,
                double elapsedMs) const;
  /// Instruments of the server were switched on for the time of a run, and set back.
  void enabledInstruments(const Result<void>& outcome) const;
  /// A transaction that was left open was committed or rolled back.
  void endedTransaction(bool commit, const Result<void>& outcome) const;
  /// A connection was tried: `session`, `meta`, `tools`, `reconnect` or `test`.
  void connected(std::string_view kind, const Result<void>& outcome) const;
  /// A session or its statement was ended.
  void killed(std::string_view kind, const Result<void>& outcome) const;

 private:
  Result<std::optional<AuditBeginning>> begins(std::string_view statement,
                                               const guard::Verdict& verdict,
                                               std::optional<guard::Confirmation> confirmed) const;
  bool isHeldWhenReadOnly(std::string_view statement, const guard::Verdict& verdict) const;
  void addEnding(const std::optional<AuditBeginning>& began, std::string outcome,
                 std::optional<std::int64_t> rows, double elapsedMs) const;
  protocol::AuditEntry entry(protocol::AuditAction action) const;
  protocol::AuditEntry describe(std::string_view statement) const;
  void refused(std::string_view statement, guard::Decision verdict, const Error& error) const;
  void add(protocol::AuditEntry entry) const;

  std::shared_ptr<AuditWriter> writer_;
  AuditScope scope_;
};

}  // namespace mydba::store
