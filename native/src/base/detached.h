#pragma once

// Work on a thread that may be abandoned.
//
// Some library calls block without bound and cannot be interrupted (getaddrinfo, PQcancel). They
// run on a thread of their own that owns everything it touches; whoever started it waits only as
// long as a token and a deadline allow. An abandoned thread ends when its call returns, or with the
// process.

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "base/wait.h"

namespace mydba {

/// Movable; dropping it abandons the work.
template <typename T>
class Detached {
 public:
  /// Starts `work` on a new thread. Error: `io` when there is no descriptor or thread left.
  static Result<Detached> start(std::function<T()> work) {
    auto state = std::make_shared<State>();
    int ends[2];
    if (::pipe(ends) != 0) return failure("pipe", std::strerror(errno));
    for (int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    state->readEnd = ends[0];
    state->writeEnd = ends[1];
    try {
      std::thread([state, work = std::move(work)] { state->finish(work()); }).detach();
    } catch (const std::system_error& error) {
      return failure("thread", error.what());
    }
    return Detached(std::move(state));
  }

  /// Its value, once. Errors: `cancelled` and `timeout` leave the work running.
  Result<T> wait(const CancelToken& cancel, Deadline deadline) {
    // The end of file on the pipe says that the value is there.
    if (const auto waited = waitFor(state_->readEnd, Ready::read, cancel, deadline); !waited)
      return waited.error();
    std::lock_guard lock(state_->mutex);
    return std::move(*state_->value);
  }

 private:
  struct State {
    std::mutex mutex;
    std::optional<T> value;
    int readEnd = -1;
    int writeEnd = -1;

    ~State() {
      if (readEnd >= 0) ::close(readEnd);
      if (writeEnd >= 0) ::close(writeEnd);
    }
    void finish(T result) {
      std::lock_guard lock(mutex);
      value = std::move(result);
      ::close(std::exchange(writeEnd, -1));
    }
  };

  explicit Detached(std::shared_ptr<State> state) : state_(std::move(state)) {}
  static Error failure(const char* what, const char* why) {
    return {.code = ErrorCode::io, .message = std::string(what) + ": " + why, .retryable = true};
  }

  std::shared_ptr<State> state_;
};

}  // namespace mydba
