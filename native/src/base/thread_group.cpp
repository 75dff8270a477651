#include "base/thread_group.h"

#include <thread>
#include <utility>

namespace mydba {

void ThreadGroup::start(std::function<void()> body) {
  {
    MutexLock lock(mutex_);
    ++running_;
  }
  std::thread([this, body = std::move(body)]() mutable {
    body();
    body = nullptr;  // what it owns is destroyed while it still counts as running
    MutexLock lock(mutex_);
    --running_;
    ended_.notifyAll();
  }).detach();
}

bool ThreadGroup::waitUntilIdle(Clock::time_point deadline) {
  MutexLock lock(mutex_);
  while (running_ > 0)
    if (!ended_.waitUntil(lock, deadline) && Clock::now() >= deadline) return running_ == 0;
  return true;
}

}  // namespace mydba
