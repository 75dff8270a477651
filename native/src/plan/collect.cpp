#include "plan/collect.h"

#include <random>
#include <utility>

#include "base/time_limit.h"
#include "base/wait.h"
#include "engines/engine.h"
#include "plan/explain.h"
#include "plan/fill.h"
#include "plan/plan_failure.h"
#include "plan/row_estimates.h"
#include "sql/facts.h"

namespace mydba::plan {
namespace {

using protocol::PlanWay;

/// A time-out of ours has had its time. A statement that took the server with it when it was run is
/// not run again.
bool canPass(PlanWay way, const Error& error) {
  if (way == PlanWay::analyze && error.code == ErrorCode::connectionLost) return false;
  return error.retryable && error.code != ErrorCode::timeout && error.code != ErrorCode::cancelled;
}

/// One statement on its way down the chain.
class Chain {
 public:
  Chain(const sql::Dialect& dialect, const Collector::Connect& connect, const Patience& patience,
        const CancelToken& cancel, std::string_view sql)
      : dialect_(dialect), connect_(connect), patience_(patience), cancel_(cancel), sql_(sql) {}

  Result<CollectedPlan> run(const guard::Gate& gate, bool analyze) {
    const auto statement = gate.admitToExplain(sql_, /*analyze=*/false, nullptr);
    if (!statement) {
      note({.way = PlanWay::explain}, statement.error());
      return std::move(found_);
    }
    auto planned = repeat(PlanWay::explain, [&](Connection& on, const CancelToken& token) {
      return plan::explain(on, *statement, /*analyze=*/false, token);
    });
    if (planned) {
      keep(PlanWay::explain, std::move(*planned));
      if (analyze) measure(gate);
    } else if (!away_ && isPlannable(planned.error())) {
      estimateRows(*statement, planned.error());
    }
    if (cancel_.cancelled()) return cancel_.error();
    if (away_) return *away_;
    return std::move(found_);
  }

 private:
  using Work = std::function<Result<protocol::PlanTree>(Connection&, const CancelToken&)>;

  void keep(PlanWay way, protocol::PlanTree tree) {
    found_.way = way;
    found_.tree = std::move(tree);
  }

  void note(protocol::PlanAttempt attempt, const Error& error) {
    attempt.failure = planFailure(error, sql_, dialect_);
    found_.attempts.push_back(std::move(attempt));
  }

  /// Row estimates are for statements that have a plan: not for what is none or cannot be read.
  bool isPlannable(const Error& error) const {
    return error.code != ErrorCode::syntax && sql::readFacts(sql_, dialect_).explainable;
  }

  /// Only what is proved to read is run, and only with values of its own.
  void measure(const guard::Gate& gate) {
    if (fillPlaceholders(sql_, dialect_).parameters > 0) return;
    const auto statement = gate.admitToExplain(sql_, /*analyze=*/true, nullptr);
    if (!statement) return note({.way = PlanWay::analyze}, statement.error());
    if (!statement->verdict().readOnly) return;
    auto measured = repeat(PlanWay::analyze, [&](Connection& on, const CancelToken& token) {
      return plan::explain(on, *statement, /*analyze=*/true, token);
    });
    if (measured) keep(PlanWay::analyze, std::move(*measured));
  }

  void estimateRows(const guard::CheckedStatement& statement, const Error& why) {
    const Work read = [&](Connection& on, const CancelToken& token) -> Result<protocol::PlanTree> {
      Workload* workload = on.workload();
      using Tables = std::vector<protocol::PlanRelation>;
      auto tables = workload ? workload->relations(statement, token) : Result<Tables>(Tables());
      if (!tables) return tables.error();
      if (tables->empty())
        return Error{.code = ErrorCode::unsupported,
                     .message = "the catalogue shows none of the statement's tables"};
      return rowEstimates(on.server(), sql_, std::move(*tables),
                          planFailure(why, sql_, dialect_).message);
    };
    auto estimated = repeat(PlanWay::rowEstimates, read);
    if (estimated) keep(PlanWay::rowEstimates, std::move(*estimated));
  }

  /// Tries until there is a plan, a failure that stays, or no time left.
  Result<protocol::PlanTree> repeat(PlanWay way, const Work& work) {
    const auto end = Clock::now() + patience_.timeout;
    std::optional<double> waitedMs;
    for (std::size_t tried = 0;; ++tried) {
      auto outcome = attempt(way, waitedMs, work);
      if (outcome || cancel_.cancelled() || !canPass(way, outcome.error())) return outcome;
      if (tried == patience_.pauses.size()) return outcome;
      const auto start = Clock::now();
      const auto next = start + spread(patience_.pauses[tried]);
      if (next > end) return outcome;
      if (const auto waited = sleepUntil(next, cancel_); !waited) return waited.error();
      waitedMs = millisecondsSince(start);
    }
  }

  Result<protocol::PlanTree> attempt(PlanWay way, std::optional<double> waitedMs,
                                     const Work& work) {
    const auto start = Clock::now();
    away_.reset();
    auto outcome = [&]() -> Result<protocol::PlanTree> {
      const auto connection = connect_();
      if (!connection) {
        away_ = connection.error();
        return connection.error();
      }
      const TimeLimit limit(cancel_, patience_.timeout);
      return work(**connection, limit.token());
    }();
    protocol::PlanAttempt attempt{
        .way = way, .ms = millisecondsSince(start), .waitedMs = waitedMs, .failure = {}};
    if (outcome)
      found_.attempts.push_back(std::move(attempt));
    else
      note(std::move(attempt), outcome.error());
    return outcome;
  }

  /// A pause of between three and five quarters of its length.
  Clock::duration spread(std::chrono::milliseconds pause) {
    const double part = std::uniform_real_distribution<double>(0.75, 1.25)(random_);
    return std::chrono::duration_cast<Clock::duration>(pause * part);
  }

  const sql::Dialect& dialect_;
  const Collector::Connect& connect_;
  const Patience& patience_;
  const CancelToken& cancel_;
  const std::string_view sql_;
  std::minstd_rand random_{std::random_device{}()};
  CollectedPlan found_;
  std::optional<Error> away_;  ///< why there is no connection
};

}  // namespace

Result<CollectedPlan> Collector::collect(std::string_view sql, bool analyze,
                                         const CancelToken& cancel) const {
  if (cancel.cancelled()) return cancel.error();
  return Chain(dialect_, connect_, patience_, cancel, sql).run(gate_, analyze);
}

}  // namespace mydba::plan
