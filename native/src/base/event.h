#pragma once

namespace mydba {

/// A one-shot signal that can be waited for beside a socket, with base/wait.h. Any thread.
class Event {
 public:
  Event();
  ~Event();
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  void signal();
  /// Readable once signalled; -1 when the system had no descriptor left.
  int fd() const { return pipe_[0]; }

 private:
  int pipe_[2] = {-1, -1};
};

}  // namespace mydba
