#pragma once

// How much a user lets models be asked.
//
// A budget counts requests by the minute and tokens by session (the life of this object) and by day
// (UTC). The Sender asks it before each request and tells it after; what a provider does not count
// is estimated from the text, so that no answer is free. Nothing is waited for: a limit that is
// reached is an error that says until when. A request that was let in may go beyond a token limit,
// since nobody knows how long its answer will be; the next one is refused.

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>

#include "ai/provider.h"
#include "base/mutex.h"

namespace mydba::ai {

/// 0: no limit.
struct BudgetLimits {
  int requestsPerMinute = 30;
  std::int64_t sessionTokens = 0;
  std::int64_t dayTokens = 0;
};

/// Tokens in and out; `estimated` when a part of them was not counted by a provider.
struct TokenCount {
  std::int64_t tokens = 0;
  bool estimated = false;
};

/// Any thread.
class Budget {
 public:
  using Now = std::function<std::chrono::system_clock::time_point()>;

  /// `today` is what was used before on the day that it is now, as `day()` once told.
  explicit Budget(
      const BudgetLimits& limits, TokenCount today = {},
      Now now = [] { return std::chrono::system_clock::now(); });

  /// Takes effect with the next request.
  void setLimits(const BudgetLimits& limits) MYDBA_EXCLUDES(mutex_);

  /// Lets a request in and counts it, or says why not: `refused`, retryable for the minute's limit.
  Result<void> admit() MYDBA_EXCLUDES(mutex_);
  /// Counts what a request used.
  void record(const TokenCount& used) MYDBA_EXCLUDES(mutex_);

  TokenCount session() const MYDBA_EXCLUDES(mutex_);
  /// Of the day that it is now.
  TokenCount day() const MYDBA_EXCLUDES(mutex_);

 private:
  using Time = std::chrono::system_clock::time_point;
  void startDay(Time now) const MYDBA_REQUIRES(mutex_);

  const Now now_;
  mutable Mutex mutex_;
  BudgetLimits limits_ MYDBA_GUARDED_BY(mutex_);
  std::deque<Time> lastMinute_ MYDBA_GUARDED_BY(mutex_);
  TokenCount session_ MYDBA_GUARDED_BY(mutex_);
  mutable std::chrono::sys_days today_ MYDBA_GUARDED_BY(mutex_);
  mutable TokenCount day_ MYDBA_GUARDED_BY(mutex_);
};

/// What a request used: as the provider counted, and else a token for 4 bytes. `answer` is what had
/// arrived, also when the request failed.
TokenCount tokensOf(const ChatRequest& request, std::string_view answer, const Usage& usage);

}  // namespace mydba::ai
