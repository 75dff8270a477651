#pragma once

// The statements of one query/run between the gate and the server.
//
//   judged ─ must be confirmed? ─ impact ─ [dry run] ─ question ─┐
//      └──── allowed ────────────────────────────────────────────┴─ checked ─ run
//
// A statement that changes rows runs inside a transaction where it can be taken back: when it turns
// out to change more than the limit of the user's settings it is rolled back and asked about, or
// refused in production, with the number. A question can be answered with a dry run, which is
// followed by the question again, and with `hold`, which leaves the transaction open on the session
// (session.h) for transaction/end.
//
// What is not confirmed yet only ever goes to Transactions::tryOut, whose transaction cannot be
// kept: the types of guard/gate.h leave no other way.

#include <optional>
#include <string>
#include <vector>

#include "guard/gate.h"
#include "server/call.h"
#include "server/run_sink.h"
#include "sql/statement.h"
#include "store/audit_trail.h"

namespace mydba::server {

class GuardedRun {
 public:
  /// All must outlive it. `cancelRun` ends the statement that runs.
  GuardedRun(Call& call, const protocol::RunParams& params, Connection& connection, RunSink& sink,
             CancelSource cancelRun);

  /// Judges the text and runs its statements, the first error ends it; its position counts in the
  /// text.
  Result<void> run();
  /// Present when a transaction was left open.
  std::optional<protocol::HeldTransaction> held() const { return held_; }

 private:
  struct Subject;

  Result<void> runAs(protocol::RunMode mode, std::vector<guard::JudgedStatement> statements);
  Result<void> runAll(std::vector<guard::JudgedStatement> statements);
  Result<void> tryAll(std::vector<guard::JudgedStatement> statements);
  Result<void> runOne(std::int64_t index, guard::JudgedStatement statement);
  Result<guard::CheckedStatement> admit(Subject& subject);
  Result<guard::Confirmation> ask(Subject& subject, const guard::JudgedStatement& statement);
  guard::Confirm askToTry();
  Result<void> tryBeforeAsking(Subject& subject, const guard::JudgedStatement& statement);
  Result<bool> executeWithin(Subject& subject, const guard::CheckedStatement& statement);
  Result<void> send(const guard::CheckedStatement& statement);
  Result<void> allowedWhileHeld(const Subject& subject) const;
  Result<void> canTakeBack(const Subject& subject) const;
  Result<void> beginHeld();
  bool isProd() const { return gate_.policy().environment == guard::Environment::prod; }
  void warnOfEstimate(const guard::CheckedStatement& statement);
  template <typename Work>
  Result<void> timed(Work work);

  Call& call_;
  const protocol::RunParams& params_;
  Session& session_;
  Connection& connection_;
  RunSink& sink_;
  CancelSource cancelRun_;
  const protocol::GuardSettings settings_;
  const guard::Gate gate_;
  const protocol::AuditActor actor_;
  const store::AuditTrail audit_;
  std::optional<std::chrono::nanoseconds> timeLeft_;
  std::optional<protocol::HeldTransaction> held_;
  bool holding_ = false;
};

}  // namespace mydba::server
