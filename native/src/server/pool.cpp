#include "server/pool.h"

#include <utility>

namespace mydba::server {

void Pool::post(std::function<void()> job) {
  if (size_ == 0) {
    job();
    return;
  }
  bool start = false;
  {
    MutexLock lock(state_->mutex);
    state_->jobs.push_back(std::move(job));
    start = state_->running < size_;
    if (start) ++state_->running;
  }
  if (start) threads_.start([state = state_] { run(*state); });
}

void Pool::run(State& state) {
  for (;;) {
    std::function<void()> job;
    {
      MutexLock lock(state.mutex);
      if (state.jobs.empty()) {
        --state.running;
        return;
      }
      job = std::move(state.jobs.front());
      state.jobs.pop_front();
    }
    job();
  }
}

}  // namespace mydba::server
