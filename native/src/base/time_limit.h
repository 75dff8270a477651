#pragma once

#include <chrono>

#include "base/cancel.h"
#include "base/timer.h"

namespace mydba {

/// A token that is cancelled with another one, or by itself when time is up. `outer` must have no
/// other registration meanwhile. Owns a thread as long as it lives, for the timer.
class TimeLimit {
 public:
  TimeLimit(const CancelToken& outer, std::chrono::milliseconds limit)
      : registration_(
            outer.onCancel([source = source_]() mutable { source.cancel(CancelReason::user); })) {
    timer_.at(Clock::now() + limit,
              [source = source_]() mutable { source.cancel(CancelReason::timeout); });
  }
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

  CancelToken token() const { return source_.token(); }

 private:
  CancelSource source_;
  CancelRegistration registration_;
  Timer timer_;
};

}  // namespace mydba
