#include "base/timer.h"

namespace mydba {

Timer::~Timer() {
  {
    MutexLock lock(mutex_);
    closing_ = true;
  }
  changed_.notifyAll();
  if (thread_.joinable()) thread_.join();
}

Timer::Id Timer::at(Clock::time_point when, std::function<void()> callback) {
  Id id = 0;
  {
    MutexLock lock(mutex_);
    id = ++lastId_;
    waiting_.emplace(std::pair(when, id), std::move(callback));
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  changed_.notifyAll();
  return id;
}

void Timer::drop(Id id) {
  MutexLock lock(mutex_);
  for (auto it = waiting_.begin(); it != waiting_.end(); ++it)
    if (it->first.second == id) {
      waiting_.erase(it);
      return;
    }
}

void Timer::run() {
  for (;;) {
    std::function<void()> callback;
    {
      MutexLock lock(mutex_);
      if (closing_) return;
      if (waiting_.empty()) {
        changed_.wait(lock);
        continue;
      }
      const auto first = waiting_.begin();
      if (Clock::now() < first->first.first) {
        changed_.waitUntil(lock, first->first.first);
        continue;
      }
      callback = std::move(first->second);
      waiting_.erase(first);
    }
    callback();
  }
}

}  // namespace mydba
