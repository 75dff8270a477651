#include "ai/retry.h"

#include "native/catch.h"

using namespace mydba;
using namespace std::chrono_literals;

namespace {

std::optional<std::chrono::milliseconds> asked(const std::string& value) {
  const auto now = std::chrono::system_clock::from_time_t(1'445'412'480);  // 21 Oct 2015 07:28 GMT
  return ai::retryAfter({.status = 429, .headers = {{"retry-AFTER", value}}}, now);
}

}  // namespace

TEST_CASE("Retry-After is read as seconds or as any of the three dates", "[ai]") {
  CHECK(asked("120") == 120s);
  CHECK(asked("1.5") == 1s);
  CHECK(asked("Wed, 21 Oct 2015 07:28:30 GMT") == 30s);
  CHECK(asked("Wednesday, 21-Oct-15 07:28:30 GMT") == 30s);
  CHECK(asked("Wed Oct 21 07:28:30 2015") == 30s);
  CHECK(asked("Wed, 21 Oct 2015 07:00:00 GMT") == 0s);
  for (const char* wrong : {"", "-5", "soon", "12abc"}) {
    INFO(wrong);
    CHECK_FALSE(asked(wrong));
  }
  CHECK(asked("99999999999") == std::chrono::seconds(1'000'000));
}

TEST_CASE("waits double, are spread, and end", "[ai]") {
  ai::Retries retries({.attempts = 4, .firstWait = 100ms, .longestWait = 300ms, .allWaits = 10s});
  for (const auto most : {100ms, 200ms, 300ms}) {
    const auto wait = retries.next({});
    REQUIRE(wait);
    CHECK(*wait >= std::min(most, 200ms) / 2);
    CHECK(*wait <= most);
  }
  CHECK(retries.attempt() == 4);
  CHECK_FALSE(retries.next({}));
}

TEST_CASE("what the service asks counts, but not for ever", "[ai]") {
  ai::Retries retries({.attempts = 9, .firstWait = 1ms, .longestWait = 20s, .allWaits = 45s});
  CHECK(retries.next(20s) == 20s);
  CHECK_FALSE(retries.next(21s));
  CHECK(retries.next(20s) == 20s);
  CHECK_FALSE(retries.next(20s));  // all waits together
  CHECK(retries.next(0s) == 0s);
}
