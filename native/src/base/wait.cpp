#include "base/wait.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace mydba {
namespace {

int millisecondsUntil(Deadline deadline) {
  if (!deadline) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, 1 << 30));
}

}  // namespace

Result<void> waitFor(int fd, Ready ready, const CancelToken& cancel, Deadline deadline) {
  short events = 0;
  if (ready != Ready::write) events |= POLLIN;
  if (ready != Ready::read) events |= POLLOUT;
  // poll(2) ignores negative descriptors, which a token that is never cancelled has.
  pollfd fds[2] = {{fd, events, 0}, {cancel.fd(), POLLIN, 0}};
  for (;;) {
    if (cancel.cancelled()) return cancel.error();
    const int count = ::poll(fds, 2, millisecondsUntil(deadline));
    if (count < 0 && errno != EINTR)
      return Error{.code = ErrorCode::io, .message = std::string("poll: ") + std::strerror(errno)};
    if (count > 0 && fds[1].revents == 0) return {};
    if (deadline && Clock::now() >= *deadline)
      return Error{.code = ErrorCode::timeout, .message = "timed out", .retryable = true};
  }
}

Result<void> sleepUntil(Clock::time_point deadline, const CancelToken& cancel) {
  const auto waited = waitFor(-1, Ready::read, cancel, deadline);
  if (!waited && waited.error().code == ErrorCode::timeout && !cancel.cancelled()) return {};
  return waited;
}

}  // namespace mydba
