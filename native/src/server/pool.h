#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "base/mutex.h"
#include "base/thread_group.h"

namespace mydba::server {

/// A few threads for short work on the CPU or on local files. They start when there is work and
/// end when there is none. Any thread.
class Pool {
 public:
  Pool(ThreadGroup& threads, int size) : threads_(threads), size_(size) {}

  /// With size 0 the job runs here.
  void post(std::function<void()> job);

 private:
  struct State {
    Mutex mutex;
    std::deque<std::function<void()>> jobs MYDBA_GUARDED_BY(mutex);
    int running MYDBA_GUARDED_BY(mutex) = 0;
  };
  static void run(State& state);

  ThreadGroup& threads_;
  const int size_;
  const std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace mydba::server
