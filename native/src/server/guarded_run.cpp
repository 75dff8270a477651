#include "server/guarded_run.h"

#include "guard/take_back.h"
#include "guard/wording.h"
#include "server/ask.h"
#include "server/server.h"

namespace mydba::server {
namespace {

using guard::CheckedStatement;
using guard::Confirmation;
using guard::JudgedStatement;
using protocol::ConfirmChoice;
using protocol::RunMode;

/// An error's position counts in the statement; the client counts in what it sent.
Error moved(Error error, std::size_t statementStart) {
  if (error.position) *error.position += static_cast<std::int64_t>(statementStart);
  return error;
}

/// Counts what a dry run changes; its rows are nobody's.
class CountingSink final : public RowSink {
 public:
  bool begin(std::span<const protocol::Column>) override { return true; }
  bool row(std::span<const Cell>) override { return true; }
  void end(const ResultSetEnd& end) override { affected_ += end.affected.value_or(0); }
  void notice(std::string_view, std::string_view) override {}

  std::int64_t affected() const { return affected_; }

 private:
  std::int64_t affected_ = 0;
};

/// A transaction that is rolled back, unless it is committed or left open.
class Level {
 public:
  static Result<Level> begin(Transactions& transactions, const CancelToken& cancel) {
    if (auto begun = transactions.begin(cancel); !begun) return begun.error();
    return Level(transactions);
  }
  Level(Level&& other) noexcept : transactions_(std::exchange(other.transactions_, nullptr)) {}
  Level& operator=(Level&&) = delete;
  ~Level() {
    // An error here means that the connection is gone, and the transaction with it.
    if (transactions_) (void)transactions_->rollback();
  }

  Result<void> commit(const CancelToken& cancel) {
    return std::exchange(transactions_, nullptr)->commit(cancel);
  }
  Result<void> rollback() { return std::exchange(transactions_, nullptr)->rollback(); }
  void leaveOpen() { transactions_ = nullptr; }

 private:
  explicit Level(Transactions& transactions) : transactions_(&transactions) {}
  Transactions* transactions_;
};

bool addsRows(const sql::Statement& statement) {
  for (const auto& change : statement.changes)
    if (change.kind != sql::StatementKind::update && change.kind != sql::StatementKind::remove)
      return true;
  return false;
}

/// Whether its number of rows is not in its text: not of INSERT … VALUES.
bool changesUntoldRows(const sql::Statement& statement) {
  for (const auto& change : statement.changes)
    if (change.rows == 0) return true;
  return false;
}

/// Whether the question said that it is over the limit.
bool saysHowMany(const guard::Verdict& verdict) {
  for (const auto& reason : verdict.reasons)
    if (reason.id == "many-rows") return true;
  return false;
}

}  // namespace

/// A statement on its way.
struct GuardedRun::Subject {
  std::int64_t index;
  JudgedStatement judged;
  sql::Statement facts;
  std::optional<guard::Impact> impact = {};
  /// Rows that it changed when it was tried, or when it was rolled back for being too many.
  std::optional<std::int64_t> triedRows = {};
  bool dryRun = false;  ///< it was tried because somebody wanted to see that number
  std::optional<protocol::Undo> undo = {};
};

GuardedRun::GuardedRun(Call& call, const protocol::RunParams& params, Connection& connection,
                       RunSink& sink, CancelSource cancelRun)
    : call_(call),
      params_(params),
      session_(call.session()),
      connection_(connection),
      sink_(sink),
      cancelRun_(std::move(cancelRun)),
      settings_(call.server().guardSettings()),
      gate_(call.server().gateOf(call.session())),
      actor_(params.actor.value_or(protocol::AuditActor::editor)),
      audit_(call.server().auditTrail(actor_, session_.profile())) {
  if (params.timeoutMs) timeLeft_ = std::chrono::milliseconds(*params.timeoutMs);
}

Result<void> GuardedRun::run() {
  auto statements = audit_.judge(gate_, params_.sql);
  if (!statements) return statements.error();
  auto ran = runAs(params_.mode.value_or(RunMode::run), std::move(*statements));
  if (!ran && holding_) (void)session_.endHeld(/*commit=*/false, {});
  return ran;
}

Result<void> GuardedRun::runAs(RunMode mode, std::vector<JudgedStatement> statements) {
  if (mode == RunMode::dryRun) return tryAll(std::move(statements));
  if (mode == RunMode::hold)
    if (auto begun = beginHeld(); !begun) return begun;
  return runAll(std::move(statements));
}

Result<void> GuardedRun::runAll(std::vector<JudgedStatement> statements) {
  if (session_.held() && !holding_)
    sink_.notice("Notice",
                 "this runs inside the transaction that waits to be committed or rolled back");
  for (std::size_t i = 0; i < statements.size() && !sink_.stopped(); ++i) {
    const std::size_t start = statements[i].start();
    const auto done = runOne(static_cast<std::int64_t>(i), std::move(statements[i]));
    if (call_.cancel().cancelled()) return call_.cancel().error();
    if (!done) return moved(done.error(), start);
  }
  if (session_.held()) held_ = session_.heldSince(sink_.affected());
  return {};
}

/// All of them in one transaction, since one may build on another. In production even that is asked
/// about: it takes the same locks.
Result<void> GuardedRun::tryAll(std::vector<JudgedStatement> statements) {
  Transactions* transactions = connection_.transactions();
  if (!transactions)
    return Error{.code = ErrorCode::refused, .message = "this connection has no dry run"};
  auto level = Level::begin(*transactions, cancelRun_.token());
  if (!level) return level.error();
  bool addedRows = false;
  for (std::size_t i = 0; i < statements.size() && !sink_.stopped(); ++i) {
    const JudgedStatement& statement = statements[i];
    Subject subject{static_cast<std::int64_t>(i), statement,
                    sql::readStatement(statement.text(), session_.dialect())};
    if (auto can = canTakeBack(subject); !can) return moved(can.error(), statement.start());
    if (isProd())
      if (auto asked = gate_.admit(statement, askToTry()); !asked) return asked.error();
    addedRows |= addsRows(subject.facts);
    const auto began = audit_.begins(statement);
    if (!began) return began.error();
    const auto sent = Clock::now();
    sink_.startStatement(subject.index, statement.text(), {.rolledBackAbove = -1});
    const auto ran = sink_.endStatement(
        timed([&] { return transactions->tryOut(statement, sink_, cancelRun_.token()); }));
    audit_.rolledBack(*began, sink_.statementAffected(), millisecondsSince(sent));
    if (call_.cancel().cancelled()) return call_.cancel().error();
    if (!ran) return moved(ran.error(), statement.start());
  }
  if (addedRows && !transactions->leftBehind().empty())
    sink_.notice("Notice", transactions->leftBehind());
  return level->rollback();
}

guard::Confirm GuardedRun::askToTry() {
  return [this](const JudgedStatement& statement) -> Result<Confirmation> {
    auto question = questionFor(session_, actor_, statement, {});
    question.impact.insert(question.impact.begin(),
                           "It is only tried, in a transaction that is rolled back.");
    question.phrase.reset();
    const auto answer = askUser(call_, session_, std::move(question));
    if (!answer) return answer.error();
    return answer->choice == ConfirmChoice::run ? Confirmation::button : Confirmation::declined;
  };
}

Result<void> GuardedRun::runOne(std::int64_t index, JudgedStatement statement) {
  auto facts = sql::readStatement(statement.text(), session_.dialect());
  Subject subject{index, std::move(statement), std::move(facts)};
  if (auto allowed = allowedWhileHeld(subject); !allowed) return allowed;
  for (;;) {
    auto checked = admit(subject);
    if (!checked) return checked.error();
    if (checked->verdict().readOnly) warnOfEstimate(*checked);
    const auto kept = executeWithin(subject, *checked);
    if (!kept) return kept.error();
    if (*kept) return {};
    // Rolled back: it is asked about with the number, or refused.
    auto weighed = gate_.weigh(std::move(subject.judged), *subject.triedRows);
    if (!weighed) return weighed.error();
    subject.judged = std::move(*weighed);
  }
}

Result<CheckedStatement> GuardedRun::admit(Subject& subject) {
  const bool asks = subject.judged.verdict().decision == guard::Decision::confirm;
  Preflight* preflight = connection_.preflight();
  if (preflight && asks && !subject.impact) {
    auto impact = preflight->impact(subject.facts, subject.judged.text(), cancelRun_.token());
    if (!impact) return impact.error();
    subject.impact = std::move(*impact);
    // Keys and the like are no rows; an INSERT's rows are in its text. An estimate decides only
    // where the statement cannot be rolled back when it turns out to change more.
    const auto& affected = subject.impact->affected;
    const bool sure =
        affected && (affected->certainty != guard::Certainty::estimated || !canTakeBack(subject));
    if (sure && !subject.triedRows && changesUntoldRows(subject.facts)) {
      auto weighed = gate_.weigh(std::move(subject.judged), affected->count);
      if (!weighed) return weighed.error();
      subject.judged = std::move(*weighed);
    }
  }
  if (preflight && (asks || subject.facts.definition)) {
    auto undo = preflight->inverse(subject.facts, subject.judged.text(), cancelRun_.token());
    if (!undo) return undo.error();
    subject.undo = std::move(*undo);
  }
  return audit_.admit(gate_, subject.judged,
                      [&](const JudgedStatement& statement) { return ask(subject, statement); });
}

Result<Confirmation> GuardedRun::ask(Subject& subject, const JudgedStatement& statement) {
  const bool canTry = static_cast<bool>(canTakeBack(subject));
  if (settings_.dryRunFirst && canTry && !subject.triedRows)
    if (auto tried = tryBeforeAsking(subject, statement); !tried) return tried.error();
  for (;;) {
    auto question =
        questionFor(session_, actor_, statement, subject.impact.value_or(guard::Impact{}));
    if (subject.triedRows)
      question.impact.insert(question.impact.begin(),
                             (subject.dryRun ? "The dry run changed " : "It was run, changed ") +
                                 guard::counted(*subject.triedRows, "row") +
                                 " and was rolled back.");
    question.canDryRun = canTry;
    question.canHold = canTry && !session_.held() && !connection_.transactions()->open();
    const auto answer = askUser(call_, session_, question);
    if (!answer) return answer.error();
    const auto confirmed = question.phrase ? Confirmation::typed : Confirmation::button;
    switch (answer->choice) {
      case ConfirmChoice::cancel: return Confirmation::declined;
      case ConfirmChoice::run: return confirmed;
      case ConfirmChoice::dryRun:
        if (!canTry) return Confirmation::declined;
        if (auto tried = tryBeforeAsking(subject, statement); !tried) return tried.error();
        break;
      case ConfirmChoice::hold:
        if (!question.canHold) return Confirmation::declined;
        if (auto begun = beginHeld(); !begun) return begun.error();
        return confirmed;
    }
  }
}

/// In production a statement that would change too much is refused now, not asked about again.
Result<void> GuardedRun::tryBeforeAsking(Subject& subject, const JudgedStatement& statement) {
  Transactions& transactions = *connection_.transactions();
  const auto began = audit_.begins(statement);
  if (!began) return began.error();
  const auto sent = Clock::now();
  auto level = Level::begin(transactions, cancelRun_.token());
  if (!level) return level.error();
  CountingSink counted;
  const auto ran =
      timed([&] { return transactions.tryOut(statement, counted, cancelRun_.token()); });
  const auto undone = level->rollback();
  audit_.rolledBack(*began, counted.affected(), millisecondsSince(sent));
  if (!undone) return undone;
  if (!ran) return ran;
  if (addsRows(subject.facts) && !transactions.leftBehind().empty())
    sink_.notice("Notice", transactions.leftBehind());
  subject.triedRows = counted.affected();
  subject.dryRun = true;
  if (!changesUntoldRows(subject.facts)) return {};
  const auto weighed = gate_.weigh(statement, counted.affected());
  return weighed ? Result<void>() : weighed.error();
}

/// Runs it for good. False: it changed more rows than the limit and was rolled back.
Result<bool> GuardedRun::executeWithin(Subject& subject, const CheckedStatement& statement) {
  const auto limit = settings_.maxAffectedRows;
  // Who holds it will see the number; in production too many are too many.
  const bool told =
      statement.confirmation() &&
      (subject.triedRows || saysHowMany(statement.verdict()) || (holding_ && !isProd()));
  const bool watched = limit > 0 && gate_.policy().limitsRows() && !told &&
                       changesUntoldRows(subject.facts) && canTakeBack(subject);
  const auto began = audit_.begins(statement);
  if (!began) return began.error();
  const auto start = Clock::now();
  const auto entered = [&](const Result<void>& outcome) {
    const auto rows = sink_.statementAffected();
    audit_.ended(*began, outcome, rows > 0 ? std::optional(rows) : std::nullopt,
                 millisecondsSince(start));
  };
  if (!watched) {
    sink_.startStatement(subject.index, statement.text(), {.undo = subject.undo});
    const auto sent = send(statement);
    entered(sent);
    return sent ? Result<bool>(true) : sent.error();
  }
  auto level = Level::begin(*connection_.transactions(), cancelRun_.token());
  if (!level) return level.error();
  sink_.startStatement(subject.index, statement.text(),
                       {.rolledBackAbove = limit, .undo = subject.undo});
  if (const auto sent = send(statement); !sent) {
    entered(sent);
    return sent.error();
  }
  const std::int64_t changed = sink_.statementAffected();
  if (changed > limit) {
    subject.triedRows = changed;
    const auto undone = level->rollback();
    audit_.rolledBack(*began, changed, millisecondsSince(start));
    if (!undone) return undone.error();
    return false;
  }
  const auto kept = level->commit(cancelRun_.token());
  entered(kept);
  if (!kept) return kept.error();
  return true;
}

Result<void> GuardedRun::send(const CheckedStatement& statement) {
  session_.plans().noteRun(statement.text(), statement.verdict(), session_.dialect());
  const auto ran = timed([&] { return connection_.run(statement, sink_, cancelRun_.token()); });
  return sink_.endStatement(ran);
}

/// What cannot be taken back, or ends the transaction, would commit it behind its user's back.
Result<void> GuardedRun::allowedWhileHeld(const Subject& subject) const {
  if (!session_.held() || subject.judged.verdict().readOnly) return {};
  auto can = canTakeBack(subject);
  if (can) return {};
  Error error = can.error();
  error.hint = "a transaction waits: commit it or roll it back first";
  return error;
}

Result<void> GuardedRun::canTakeBack(const Subject& subject) const {
  Transactions* transactions = connection_.transactions();
  if (!transactions)
    return Error{.code = ErrorCode::refused, .message = "this connection has no transactions"};
  if (auto why = guard::whyNotTakenBack(subject.facts, subject.judged.verdict()))
    return Error{.code = ErrorCode::refused, .message = std::move(*why)};
  return transactions->canTakeBack(subject.facts, cancelRun_.token());
}

Result<void> GuardedRun::beginHeld() {
  Transactions* transactions = connection_.transactions();
  if (!transactions)
    return Error{.code = ErrorCode::refused, .message = "this connection has no transactions"};
  if (transactions->open())
    return Error{.code = ErrorCode::refused,
                 .message = "a transaction is open already",
                 .hint = "end it with COMMIT or ROLLBACK first"};
  if (auto begun = transactions->begin(cancelRun_.token()); !begun) return begun;
  session_.hold(call_.server().timer());
  holding_ = true;
  return {};
}

/// Reading too much is only said, and only where it hurts others.
void GuardedRun::warnOfEstimate(const CheckedStatement& statement) {
  Explainer* explainer = connection_.explainer();
  if (!explainer || settings_.rowEstimateWarning <= 0 ||
      gate_.policy().environment == guard::Environment::dev)
    return;
  // An error is the statement's own, which will say it.
  const auto plan = explainer->explain(statement, /*analyze=*/false, cancelRun_.token());
  if (!plan || !plan->root.estimatedRows) return;
  const auto rows = static_cast<std::int64_t>(*plan->root.estimatedRows);
  if (rows > settings_.rowEstimateWarning)
    sink_.notice("Warning", "the server expects " + guard::counted(rows, "row"));
}

/// The time-out is for the server: what a person takes to answer is not counted.
template <typename Work>
Result<void> GuardedRun::timed(Work work) {
  if (!timeLeft_) return work();
  Timer& timer = call_.server().timer();
  const auto start = Clock::now();
  const auto id = timer.at(start + *timeLeft_, [source = cancelRun_]() mutable {
    source.cancel(CancelReason::timeout);
  });
  auto done = work();
  timer.drop(id);
  *timeLeft_ -= std::min<std::chrono::nanoseconds>(Clock::now() - start, *timeLeft_);
  return done;
}

}  // namespace mydba::server
