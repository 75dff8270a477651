#pragma once

// When a request is made again.
//
// Only where the service said that it did not take the request, or closed the connection before the
// first byte of an answer; a request that has begun to be answered is never repeated. Waits double
// from one attempt to the next, spread at random so that many clients do not come back at once;
// what `Retry-After` says (RFC 9110, section 10.2.3) counts instead, unless it is longer than
// anyone would sit and wait: then the error says how long.

#include <chrono>
#include <optional>
#include <string_view>

#include "net/http_client.h"

namespace mydba::ai {

struct RetryPolicy {
  int attempts = 4;  ///< all in all; 1: never again
  std::chrono::milliseconds firstWait{500};
  std::chrono::milliseconds longestWait{20'000};
  std::chrono::milliseconds allWaits{45'000};  ///< of one request together
};

/// True for 408, 429, 500, 502, 503 and 529 (Anthropic: overloaded).
bool worthRetrying(int status);

/// How long the service asks to wait: seconds or a date; never negative.
std::optional<std::chrono::milliseconds> retryAfter(const net::HttpHead& head,
                                                    std::chrono::system_clock::time_point now);

/// The waits of one request.
class Retries {
 public:
  explicit Retries(const RetryPolicy& policy) : policy_(policy) {}

  /// The wait before the next attempt, or nothing when there is to be none. `asked` is what
  /// `retryAfter` found.
  std::optional<std::chrono::milliseconds> next(std::optional<std::chrono::milliseconds> asked);
  /// Of the attempt that comes after the last wait, from 2.
  int attempt() const { return made_ + 1; }

 private:
  RetryPolicy policy_;
  int made_ = 0;
  std::chrono::milliseconds waited_{0};
};

}  // namespace mydba::ai
