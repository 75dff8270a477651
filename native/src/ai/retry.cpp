#include "ai/retry.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <random>
#include <string>

namespace mydba::ai {

bool worthRetrying(int status) {
  return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 ||
         status == 529;
}

std::optional<std::chrono::milliseconds> retryAfter(const net::HttpHead& head,
                                                    std::chrono::system_clock::time_point now) {
  const std::string value(head.header("retry-after"));
  if (value.empty()) return std::nullopt;
  long long seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc() && (*end == '\0' || *end == '.')) {
    if (seconds < 0) return std::nullopt;
    return std::chrono::seconds(std::min<long long>(seconds, 1'000'000));
  }
  const std::time_t date = ::curl_getdate(value.c_str(), nullptr);
  if (date == -1) return std::nullopt;
  const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::from_time_t(date) - now);
  return std::max(wait, std::chrono::milliseconds(0));
}

std::optional<std::chrono::milliseconds> Retries::next(
    std::optional<std::chrono::milliseconds> asked) {
  if (++made_ >= policy_.attempts) return std::nullopt;
  const auto most = policy_.firstWait * (1LL << std::min(made_ - 1, 20));
  std::minstd_rand random{std::random_device{}()};
  std::chrono::milliseconds wait =
      asked ? *asked
            : std::chrono::milliseconds(
                  std::uniform_int_distribution<long long>(most.count() / 2, most.count())(random));
  if (!asked) wait = std::min(wait, policy_.longestWait);
  if (wait > policy_.longestWait || waited_ + wait > policy_.allWaits) return std::nullopt;
  waited_ += wait;
  return wait;
}

}  // namespace mydba::ai
