#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <thread>
#include <utility>

#include "base/mutex.h"
#include "base/wait.h"

namespace mydba {

/// Runs callbacks at points in time, on one thread of its own that starts with the first of them.
/// Callbacks must not block. Any thread.
class Timer {
 public:
  using Id = std::uint64_t;

  Timer() = default;
  /// Drops what is waiting.
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  Id at(Clock::time_point when, std::function<void()> callback) MYDBA_EXCLUDES(mutex_);
  /// Drops a callback that has not started; does not wait for one that has.
  void drop(Id id) MYDBA_EXCLUDES(mutex_);

 private:
  void run() MYDBA_EXCLUDES(mutex_);

  Mutex mutex_;
  Condition changed_;
  std::map<std::pair<Clock::time_point, Id>, std::function<void()>> waiting_
      MYDBA_GUARDED_BY(mutex_);
  Id lastId_ MYDBA_GUARDED_BY(mutex_) = 0;
  bool closing_ MYDBA_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace mydba
