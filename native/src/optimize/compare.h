#pragma once

// Whether one query may take another's place: the same rows, and sooner.
//
// Both are run, in turns, on the same connection, and their rows are digested as they come; nothing
// is kept of them. The same rows on the data of today prove nothing about other data, so the
// verdict says what it rests on, and results that prove next to nothing (none or a single row) are
// not called proven. Times are those until the last row arrived here; the first run of each
// fills the server's caches and does not count, unless it is the only one that there was time for.
// Few runs must tell more clearly. What has become slower once is not measured to the end.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/engine.h"

namespace mydba::optimize {

/// Bounds of a comparison.
struct Limits {
  std::chrono::milliseconds each{10000};   ///< of a single run
  int rounds = 7;                          ///< measured runs of each; fewer when they are slow
  std::chrono::milliseconds inAll{30000};  ///< no measured run begins after that
  /// The second statement is cut off when it takes so many times as long as the first, but not
  /// before a second; 0: never.
  int patience = 0;
};

struct Comparison {
  enum class Verdict {
    proven,         ///< the same rows, and faster
    sameNotFaster,  ///< the same rows, not clearly faster
    different,      ///< other rows or columns
    unknown,        ///< not to be told
  };
  Verdict verdict = Verdict::unknown;
  std::string reason;    ///< one sentence, without a full stop
  bool tooSlow = false;  ///< the second one was cut off, for it took several times as long
  std::optional<std::int64_t> rowsBefore;
  std::optional<std::int64_t> rowsAfter;
  std::optional<double> msBefore;  ///< median
  std::optional<double> msAfter;
};

/// `ordered`: the order of the rows matters. Both statements are proved reads, admitted by the
/// connection's gate; an error of the first one is the error here, one of the second a verdict of
/// `unknown`. On the connection's lane.
Result<Comparison> compare(Connection& connection, const guard::CheckedStatement& before,
                           const guard::CheckedStatement& after, bool ordered, const Limits& limits,
                           const CancelToken& cancel);

}  // namespace mydba::optimize
