#include "base/cancel.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace mydba {
namespace detail {

struct CancelState {
  std::atomic<CancelReason> reason{CancelReason::none};
  std::mutex mutex;
  std::condition_variable callbackDone;
  std::function<void()> callback;
  bool registered = false;
  bool running = false;
  std::thread::id runner;
  int pipe[2] = {-1, -1};  // made on the first fd(); a pipe because macOS has no eventfd

  ~CancelState() {
    for (int end : pipe)
      if (end >= 0) ::close(end);
  }

  void signalPipe() {
    if (pipe[1] < 0) return;
    const char byte = 1;
    // The pipe is empty and non-blocking, so one byte always fits.
    [[maybe_unused]] auto written = ::write(pipe[1], &byte, 1);
  }
};

}  // namespace detail

CancelRegistration::CancelRegistration(std::shared_ptr<detail::CancelState> state)
    : state_(std::move(state)) {}

CancelRegistration::~CancelRegistration() {
  if (!state_) return;
  std::unique_lock lock(state_->mutex);
  // A callback may destroy its own registration; waiting for itself would never end.
  if (state_->runner != std::this_thread::get_id())
    state_->callbackDone.wait(lock, [this] { return !state_->running; });
  state_->callback = nullptr;
  state_->registered = false;
}

CancelToken::CancelToken(std::shared_ptr<detail::CancelState> state) : state_(std::move(state)) {}

bool CancelToken::cancelled() const {
  return state_ && state_->reason.load(std::memory_order_acquire) != CancelReason::none;
}

CancelReason CancelToken::reason() const {
  return state_ ? state_->reason.load(std::memory_order_acquire) : CancelReason::none;
}

int CancelToken::fd() const {
  if (!state_) return -1;
  std::lock_guard lock(state_->mutex);
  if (state_->pipe[0] < 0) {
    if (::pipe(state_->pipe) != 0) return -1;
    for (int end : state_->pipe) {
      ::fcntl(end, F_SETFD, FD_CLOEXEC);
      ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    if (cancelled()) state_->signalPipe();
  }
  return state_->pipe[0];
}

CancelRegistration CancelToken::onCancel(std::function<void()> callback) const {
  if (!state_) return {};
  {
    std::lock_guard lock(state_->mutex);
    assert(!state_->registered);
    if (!cancelled()) {
      state_->registered = true;
      state_->callback = std::move(callback);
      return CancelRegistration(state_);
    }
  }
  callback();
  return {};
}

Error CancelToken::error() const {
  if (reason() == CancelReason::timeout)
    return {.code = ErrorCode::timeout,
            .message = "timed out",
            .hint = "raise the time-out, or narrow the statement",
            .retryable = true};
  return {.code = ErrorCode::cancelled, .message = "cancelled", .retryable = true};
}

CancelSource::CancelSource() : state_(std::make_shared<detail::CancelState>()) {}

CancelToken CancelSource::token() const { return CancelToken(state_); }

void CancelSource::cancel(CancelReason reason) {
  std::function<void()> callback;
  {
    std::lock_guard lock(state_->mutex);
    CancelReason none = CancelReason::none;
    if (!state_->reason.compare_exchange_strong(none, reason, std::memory_order_acq_rel)) return;
    state_->signalPipe();
    if (!state_->callback) return;
    callback = std::move(state_->callback);
    state_->callback = nullptr;
    state_->running = true;
    state_->runner = std::this_thread::get_id();
  }
  callback();
  std::lock_guard lock(state_->mutex);
  state_->running = false;
  state_->runner = {};
  state_->callbackDone.notify_all();
}

}  // namespace mydba
