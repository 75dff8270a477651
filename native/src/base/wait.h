#pragma once

#include <chrono>
#include <optional>

#include "base/cancel.h"
#include "base/result.h"

namespace mydba {

using Clock = std::chrono::steady_clock;
using Deadline = std::optional<Clock::time_point>;

inline double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

enum class Ready { read, write, readOrWrite };

/// Waits until `fd` is ready, the token is cancelled (its error) or the deadline has passed
/// (`timeout`). Hang-ups and socket errors count as ready: the next read or write reports them.
Result<void> waitFor(int fd, Ready ready, const CancelToken& cancel, Deadline deadline = {});

/// Waits for nothing but the token or the deadline; success means the deadline has passed.
Result<void> sleepUntil(Clock::time_point deadline, const CancelToken& cancel);

}  // namespace mydba
