#include "optimize/compare.h"

#include <algorithm>

#include "base/time_limit.h"
#include "base/wait.h"
#include "optimize/row_digest.h"
#include "plan/explain.h"

namespace mydba::optimize {
namespace {

/// A gain below a tenth is not worth another text.
constexpr double clearlyFaster = 0.9;
/// Below this the clock and the network say more than the statement.
constexpr double measurableMs = 0.2;
/// All runs together take no longer than this many single ones may.
constexpr int runsInAll = 3;

class DigestSink final : public RowSink {
 public:
  bool begin(std::span<const protocol::Column> columns) override {
    ++results_;
    for (const auto& column : columns) columns_.push_back(column.name + " " + column.type);
    return true;
  }
  bool row(std::span<const Cell> cells) override {
    digest.add(cells);
    return true;
  }
  void end(const ResultSetEnd&) override {}
  void notice(std::string_view, std::string_view) override {}

  /// Names and types; nothing of a statement that gave several results.
  bool sameColumns(const DigestSink& other) const {
    return results_ == 1 && other.results_ == 1 && columns_ == other.columns_;
  }
  RowDigest digest;

 private:
  int results_ = 0;
  std::vector<std::string> columns_;
};

struct Run {
  DigestSink sink;
  double ms = 0;
};

Result<Run> runOnce(Connection& connection, const guard::CheckedStatement& statement,
                    const Limits& limits, const CancelToken& cancel) {
  const TimeLimit limit(cancel, limits.each);
  Run run;
  const auto start = Clock::now();
  const auto ran = connection.run(statement, run.sink, limit.token());
  run.ms = millisecondsSince(start);
  if (!ran) return plan::ofStatement(ran.error(), statement, connection);
  return run;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Every run of the one took less than any of the other: of seven runs each of the same statement
/// that happens once in 3,432 times, however much the machine's noise is.
bool allBelow(const std::vector<double>& less, const std::vector<double>& more) {
  return std::ranges::max(less) < std::ranges::min(more);
}

Comparison::Verdict judgeRows(const Run& before, const Run& after, bool ordered,
                              std::string& reason) {
  if (!before.sink.sameColumns(after.sink)) {
    reason = "its columns have other names or types";
    return Comparison::Verdict::different;
  }
  const auto& digest = before.sink.digest;
  if (!digest.sameRows(after.sink.digest)) {
    reason = "it returns other rows";
    return Comparison::Verdict::different;
  }
  if (ordered && !digest.sameOrder(after.sink.digest)) {
    reason = "it returns the rows in another order";
    return Comparison::Verdict::different;
  }
  return Comparison::Verdict::sameNotFaster;
}

void judgeTimes(Comparison& comparison, bool everyRunFaster) {
  if (*comparison.msBefore < measurableMs) {
    comparison.reason = "the same rows, but both take too little time to tell them apart";
  } else if (!everyRunFaster || *comparison.msAfter > *comparison.msBefore * clearlyFaster) {
    comparison.reason = "the same rows, but it is not clearly faster";
  } else if (*comparison.rowsBefore < 2) {
    comparison.verdict = Comparison::Verdict::unknown;
    comparison.reason = "it is faster, but so few rows prove nothing about others";
  } else {
    comparison.verdict = Comparison::Verdict::proven;
    comparison.reason = "the same rows on the data of now, and faster";
  }
}

}  // namespace

Result<Comparison> compare(Connection& connection, const guard::CheckedStatement& before,
                           const guard::CheckedStatement& after, bool ordered, const Limits& limits,
                           const CancelToken& cancel) {
  Comparison comparison;
  const auto start = Clock::now();
  auto first = runOnce(connection, before, limits, cancel);
  if (!first) return first.error();
  comparison.rowsBefore = first->sink.digest.rows();
  comparison.msBefore = first->ms;
  auto second = runOnce(connection, after, limits, cancel);
  if (!second) {
    if (cancel.cancelled()) return cancel.error();
    comparison.reason = "it does not run here: " + second.error().message;
    return comparison;
  }
  comparison.rowsAfter = second->sink.digest.rows();
  comparison.msAfter = second->ms;
  comparison.verdict = judgeRows(*first, *second, ordered, comparison.reason);
  if (comparison.verdict == Comparison::Verdict::different) return comparison;
  std::vector<double> msBefore;
  std::vector<double> msAfter;
  for (int round = 0; round < limits.rounds && Clock::now() - start < runsInAll * limits.each;
       ++round) {
    first = runOnce(connection, before, limits, cancel);
    if (!first) return first.error();
    second = runOnce(connection, after, limits, cancel);
    if (!second) return second.error();
    msBefore.push_back(first->ms);
    msAfter.push_back(second->ms);
  }
  // When there was time for one run of each, it must tell by itself.
  if (msBefore.empty()) {
    msBefore.push_back(*comparison.msBefore);
    msAfter.push_back(*comparison.msAfter);
  }
  const bool everyRunFaster = allBelow(msAfter, msBefore);
  comparison.msBefore = median(std::move(msBefore));
  comparison.msAfter = median(std::move(msAfter));
  judgeTimes(comparison, everyRunFaster);
  return comparison;
}

}  // namespace mydba::optimize
