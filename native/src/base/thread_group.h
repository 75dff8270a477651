#pragma once

#include <functional>

#include "base/mutex.h"
#include "base/wait.h"

namespace mydba {

/// Threads that may have to be left behind: a thread stuck in a call to a dead server cannot be
/// joined in bounded time, so these are detached and counted. What a body refers to must be owned
/// by the body (shared_ptr) or outlive the process; the owner of the group ends the process with
/// _exit when `waitUntilIdle` fails. Any thread.
class ThreadGroup {
 public:
  void start(std::function<void()> body) MYDBA_EXCLUDES(mutex_);
  /// True when all bodies have ended by the deadline.
  bool waitUntilIdle(Clock::time_point deadline) MYDBA_EXCLUDES(mutex_);

 private:
  Mutex mutex_;
  Condition ended_;
  int running_ MYDBA_GUARDED_BY(mutex_) = 0;
};

}  // namespace mydba
