#pragma once

// A lane: one thread and a first-in-first-out queue of jobs.
//
// Each open connection has a lane, and only its lane touches it; that is the whole locking rule for
// connections. A job is a request being served; it may take as long as the database takes. The
// queue never blocks whoever posts (the reader thread). The thread starts with the first job and is
// detached into a ThreadGroup, because a job stuck in a call to a dead server cannot be joined.
//
// A job that is only waiting (a paused result, see handlers/query.cpp) can ask to be told when
// another job queues up behind it, so that it can make room.
//
// With `inlined` (--threads=0) jobs run in `post`: tests become deterministic.

#include <deque>
#include <functional>
#include <memory>

#include "base/mutex.h"
#include "base/thread_group.h"

namespace mydba::server {

class Lane {
 public:
  using Job = std::function<void()>;

  Lane(ThreadGroup& threads, bool inlined);
  /// Lets queued jobs run, then ends the thread. Does not wait. Whoever closes cancels the requests
  /// of the queued jobs first, so that they end at once.
  ~Lane();
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  /// Any thread.
  void post(Job job);

  /// Keeps a callback for "another job waits"; runs at once if one already does. The callback runs
  /// on the posting thread and must not block. Only the job that runs registers, one at a time.
  class [[nodiscard]] Waiting {
   public:
    ~Waiting();
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

   private:
    friend class Lane;
    explicit Waiting(Lane& lane) : lane_(lane) {}
    Lane& lane_;
  };
  Waiting whenAnotherWaits(std::function<void()> callback);

 private:
  struct State {
    Mutex mutex;
    Condition changed;
    std::deque<Job> jobs MYDBA_GUARDED_BY(mutex);
    std::function<void()> onWaiting MYDBA_GUARDED_BY(mutex);
    bool closing MYDBA_GUARDED_BY(mutex) = false;
    bool started MYDBA_GUARDED_BY(mutex) = false;
  };
  static void run(State& state);

  ThreadGroup& threads_;
  const bool inlined_;
  const std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace mydba::server
