#include "server/lane.h"

#include <utility>

namespace mydba::server {

Lane::Lane(ThreadGroup& threads, bool inlined) : threads_(threads), inlined_(inlined) {}

Lane::~Lane() {
  {
    MutexLock lock(state_->mutex);
    state_->closing = true;
  }
  state_->changed.notifyAll();
}

void Lane::post(Job job) {
  if (inlined_) {
    job();
    return;
  }
  bool start = false;
  {
    MutexLock lock(state_->mutex);
    state_->jobs.push_back(std::move(job));
    start = !std::exchange(state_->started, true);
    // Under the lock, so that ~Waiting has seen the last call when it returns.
    if (state_->onWaiting) state_->onWaiting();
  }
  if (start) threads_.start([state = state_] { run(*state); });
  state_->changed.notifyAll();
}

void Lane::run(State& state) {
  for (;;) {
    Job job;
    {
      MutexLock lock(state.mutex);
      while (state.jobs.empty() && !state.closing) state.changed.wait(lock);
      if (state.jobs.empty()) return;
      job = std::move(state.jobs.front());
      state.jobs.pop_front();
    }
    job();
  }
}

Lane::Waiting Lane::whenAnotherWaits(std::function<void()> callback) {
  MutexLock lock(state_->mutex);
  if (!state_->jobs.empty()) callback();
  state_->onWaiting = std::move(callback);
  return Waiting(*this);
}

Lane::Waiting::~Waiting() {
  MutexLock lock(lane_.state_->mutex);
  lane_.state_->onWaiting = nullptr;
}

}  // namespace mydba::server
