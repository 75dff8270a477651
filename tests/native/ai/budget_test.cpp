#include "ai/budget.h"

#include "native/catch.h"

using namespace mydba;
using namespace std::chrono_literals;

namespace {

/// A clock that stands at 2026-11-22 12:00 UTC until it is moved.
struct StoppedClock {
  std::chrono::system_clock::time_point now =
      std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 12h;
  ai::Budget::Now reader() {
    return [this] { return now; };
  }
};

const ai::ChatRequest request{.model = "m", .messages = {{.text = std::string(400, 'q')}}};

}  // namespace

TEST_CASE("so many requests a minute are let in, and no more", "[ai]") {
  StoppedClock clock;
  ai::Budget budget({.requestsPerMinute = 2}, {}, clock.reader());
  CHECK(budget.admit());
  clock.now += 20s;
  CHECK(budget.admit());
  const auto refused = budget.admit();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().retryable);
  CHECK(refused.error().hint.find("in 40 s") != std::string::npos);
  clock.now += 40s;
  CHECK(budget.admit());
  CHECK_FALSE(budget.admit());
  budget.setLimits({.requestsPerMinute = 0});
  for (int i = 0; i < 100; ++i) CHECK(budget.admit());
}

TEST_CASE("tokens end with the session's limit and with the day's", "[ai]") {
  StoppedClock clock;
  ai::Budget budget({.sessionTokens = 1000, .dayTokens = 1500}, {.tokens = 900}, clock.reader());
  CHECK(budget.admit());
  budget.record({.tokens = 599});
  CHECK(budget.admit());
  budget.record({.tokens = 1, .estimated = true});
  CHECK(budget.day().tokens == 1500);
  CHECK(budget.day().estimated);
  CHECK(budget.admit().error().message.find("a day") != std::string::npos);
  clock.now += 12h;
  CHECK(budget.day().tokens == 0);
  CHECK(budget.admit());
  budget.record({.tokens = 400});
  CHECK(budget.session().tokens == 1000);
  const auto refused = budget.admit();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::refused);
  CHECK_FALSE(refused.error().retryable);
  CHECK(refused.error().message.find("a session") != std::string::npos);
}

TEST_CASE("what a provider does not count is estimated from the text", "[ai]") {
  CHECK(ai::tokensOf(request, "12345678", {}).tokens == 102);
  CHECK(ai::tokensOf(request, "12345678", {}).estimated);
  const auto counted = ai::tokensOf(request, "1", {.inputTokens = 7, .outputTokens = 5});
  CHECK(counted.tokens == 12);
  CHECK_FALSE(counted.estimated);
}
