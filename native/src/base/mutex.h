#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "base/thread_annotations.h"

namespace mydba {

/// std::mutex with a name that clang's thread safety analysis knows.
class MYDBA_CAPABILITY("mutex") Mutex {
 public:
  void lock() MYDBA_ACQUIRE() { mutex_.lock(); }
  void unlock() MYDBA_RELEASE() { mutex_.unlock(); }

 private:
  friend class MutexLock;
  std::mutex mutex_;
};

/// Holds a mutex for a scope.
class MYDBA_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) MYDBA_ACQUIRE(mutex) : lock_(mutex.mutex_) {}
  ~MutexLock() MYDBA_RELEASE() {}
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  friend class Condition;
  std::unique_lock<std::mutex> lock_;
};

/// A condition variable for MutexLock. It has no predicate forms: the analysis cannot see that a
/// lambda runs under the lock, a loop around `wait` it can.
class Condition {
 public:
  void wait(MutexLock& lock) { condition_.wait(lock.lock_); }
  /// False when the deadline has passed.
  bool waitUntil(MutexLock& lock, std::chrono::steady_clock::time_point deadline) {
    return condition_.wait_until(lock.lock_, deadline) == std::cv_status::no_timeout;
  }
  void notifyOne() { condition_.notify_one(); }
  void notifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace mydba
