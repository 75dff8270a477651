#pragma once

// Cancellation.
//
// A CancelSource is held by whoever may cancel (the dispatcher, a time-out, Ctrl-C); the work holds
// the token. There are three ways to notice, for three kinds of work:
//   - a loop asks `cancelled()`;
//   - code that waits for a socket polls `fd()` beside it (base/wait.h does);
//   - code that is stuck in a library call registers `onCancel`, which does what wakes that library
//     (PQcancel, KILL QUERY, sqlite3_interrupt, shutdown of the socket).
// Cancelling is inherently racy: the work may end by itself at the same moment, and its result is
// then as good as the cancellation. The token has one callback slot; a second registration while
// the first is alive is a programming error.

#include <functional>
#include <memory>

#include "base/error.h"

namespace mydba {

enum class CancelReason { none, user, timeout, shutdown };

class CancelToken;

namespace detail {
struct CancelState;
}

/// Keeps a callback registered. Its destructor unregisters and waits for a callback that is just
/// running, so what the callback refers to may be destroyed afterwards.
class [[nodiscard]] CancelRegistration {
 public:
  CancelRegistration() = default;
  CancelRegistration(CancelRegistration&&) noexcept = default;
  CancelRegistration& operator=(CancelRegistration&&) = delete;
  ~CancelRegistration();

 private:
  friend class CancelToken;
  explicit CancelRegistration(std::shared_ptr<detail::CancelState> state);
  std::shared_ptr<detail::CancelState> state_;
};

/// Any thread. Cheap to copy.
class CancelToken {
 public:
  /// A token that is never cancelled.
  CancelToken() = default;

  bool cancelled() const;
  CancelReason reason() const;
  /// A descriptor that becomes readable on cancellation, or -1 for a token that never is.
  int fd() const;
  /// Runs `callback` once, on the cancelling thread, or here and now if already cancelled. It must
  /// not block: the canceller may be the thread that reads stdin.
  CancelRegistration onCancel(std::function<void()> callback) const;
  /// The error to return from cancelled work: `cancelled` or `timeout`.
  Error error() const;

 private:
  friend class CancelSource;
  explicit CancelToken(std::shared_ptr<detail::CancelState> state);
  std::shared_ptr<detail::CancelState> state_;
};

/// Any thread. Copies share one state.
class CancelSource {
 public:
  CancelSource();
  CancelToken token() const;
  /// The first call wins; later ones do nothing.
  void cancel(CancelReason reason);

 private:
  std::shared_ptr<detail::CancelState> state_;
};

}  // namespace mydba
