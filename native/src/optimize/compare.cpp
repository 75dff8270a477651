#include "optimize/compare.h"

#include <algorithm>

#include "base/time_limit.h"
#include "base/wait.h"
#include "optimize/row_digest.h"
#include "plan/explain.h"

namespace mydba::optimize {
namespace {

/// A gain below a fifth is not worth another text.
constexpr double clearlyFaster = 0.8;
/// Of one or two runs of each, a busy machine makes any look twice as fast.
constexpr std::size_t fewRuns = 3;
constexpr double plainlyFaster = 0.25;
/// Of fewer runs chance makes one in so many look faster: then it must be twice as fast.
constexpr std::size_t manyRuns = 5;
constexpr double muchFaster = 0.5;
/// Below this the clock and the network say more than the statement.
constexpr double measurableMs = 0.2;
constexpr std::chrono::milliseconds leastPatience{1000};

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

/// Takes the rows and does nothing with them: what is measured is not what we do.
class SilentSink final : public RowSink {
 public:
  bool begin(std::span<const protocol::Column>) override { return true; }
  bool row(std::span<const Cell>) override { return true; }
  void end(const ResultSetEnd&) override {}
  void notice(std::string_view, std::string_view) override {}
};

/// Milliseconds.
Result<double> runInto(RowSink& sink, Connection& connection,
                       const guard::CheckedStatement& statement, std::chrono::milliseconds most,
                       const CancelToken& cancel) {
  const TimeLimit limit(cancel, most);
  const auto start = Clock::now();
  const auto ran = connection.run(statement, sink, limit.token());
  if (!ran) return plan::ofStatement(ran.error(), statement, connection);
  return millisecondsSince(start);
}

struct Run {
  DigestSink sink;
  double ms = 0;
};

Result<Run> runOnce(Connection& connection, const guard::CheckedStatement& statement,
                    std::chrono::milliseconds most, const CancelToken& cancel) {
  Run run;
  const auto ms = runInto(run.sink, connection, statement, most, cancel);
  if (!ms) return ms.error();
  run.ms = *ms;
  return run;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
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

/// Measured runs of both, in turns.
struct Times {
  std::vector<double> before;
  std::vector<double> after;

  /// Pairs of runs in which the second statement did not win.
  int lost() const {
    int count = 0;
    for (const double one : after)
      count += static_cast<int>(
          std::ranges::count_if(before, [one](double other) { return other <= one; }));
    return count;
  }
  /// A pause of the machine makes one run lose all its pairs, and tells nothing.
  bool mayWin(int rounds) const { return lost() <= rounds; }
};

/// Each of the one's runs took less than each of the other's: of seven runs of the same statement
/// that happens once in 3,432 times. With one run that lost, once in some eighty: then it must be
/// twice as fast.
bool isFaster(const Times& times, double msBefore, double msAfter) {
  const std::size_t runs = times.before.size();
  const double enough = runs < fewRuns                        ? plainlyFaster
                        : runs < manyRuns || times.lost() > 0 ? muchFaster
                                                              : clearlyFaster;
  const int most = runs >= manyRuns ? static_cast<int>(runs) : 0;
  return times.lost() <= most && msAfter <= msBefore * enough;
}

void judgeTimes(Comparison& comparison, const Times& times) {
  if (*comparison.msBefore < measurableMs) {
    comparison.reason = "the same rows, but both take too little time to tell them apart";
  } else if (!isFaster(times, *comparison.msBefore, *comparison.msAfter)) {
    comparison.reason = "the same rows, but it is not clearly faster";
  } else if (*comparison.rowsBefore < 2) {
    comparison.verdict = Comparison::Verdict::unknown;
    comparison.reason = "it is faster, but so few rows prove nothing about others";
  } else {
    comparison.verdict = Comparison::Verdict::proven;
    comparison.reason = "the same rows on the data of now, and faster";
  }
}

Result<Times> measure(Connection& connection, const guard::CheckedStatement& before,
                      const guard::CheckedStatement& after, const Limits& limits,
                      const CancelToken& cancel) {
  Times times;
  SilentSink sink;
  const auto end = Clock::now() + limits.inAll;
  for (int round = 0; round < limits.rounds && Clock::now() < end; ++round) {
    const auto first = runInto(sink, connection, before, limits.each, cancel);
    if (!first) return first.error();
    const auto second = runInto(sink, connection, after, limits.each, cancel);
    if (!second) return second.error();
    times.before.push_back(*first);
    times.after.push_back(*second);
    if (!times.mayWin(limits.rounds)) break;
  }
  return times;
}

}  // namespace

Result<Comparison> compare(Connection& connection, const guard::CheckedStatement& before,
                           const guard::CheckedStatement& after, bool ordered, const Limits& limits,
                           const CancelToken& cancel) {
  Comparison comparison;
  const auto first = runOnce(connection, before, limits.each, cancel);
  if (!first) return first.error();
  comparison.rowsBefore = first->sink.digest.rows();
  comparison.msBefore = first->ms;
  auto most = limits.each;
  if (limits.patience > 0) {
    const std::chrono::milliseconds longer(static_cast<std::int64_t>(first->ms * limits.patience));
    most = std::min(most, std::max(longer, leastPatience));
  }
  const auto second = runOnce(connection, after, most, cancel);
  if (!second) {
    if (cancel.cancelled()) return cancel.error();
    comparison.tooSlow = most < limits.each && second.error().code == ErrorCode::timeout;
    comparison.reason = comparison.tooSlow ? "it was cut off, for it takes several times as long"
                                           : "it does not run here: " + second.error().message;
    return comparison;
  }
  comparison.rowsAfter = second->sink.digest.rows();
  comparison.msAfter = second->ms;
  comparison.verdict = judgeRows(*first, *second, ordered, comparison.reason);
  if (comparison.verdict == Comparison::Verdict::different || limits.rounds == 0) return comparison;
  auto times = measure(connection, before, after, limits, cancel);
  if (!times) return times.error();
  // When there was time for one run of each, it must tell by itself.
  if (times->before.empty()) *times = {{first->ms}, {second->ms}};
  comparison.msBefore = median(times->before);
  comparison.msAfter = median(times->after);
  judgeTimes(comparison, *times);
  return comparison;
}

}  // namespace mydba::optimize
