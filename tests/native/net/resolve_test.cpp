#include "net/resolve.h"

#include <future>

#include "native/catch.h"

using namespace mydba;
using namespace std::chrono_literals;

TEST_CASE("numeric addresses are their own answer", "[net]") {
  CHECK(*net::resolve("127.0.0.1", {}, {}) == net::Addresses{"127.0.0.1"});
  CHECK(*net::resolve("::1", {}, {}) == net::Addresses{"::1"});
}

TEST_CASE("localhost is known without repeats", "[net]") {
  const auto found = net::resolve("localhost", {}, Clock::now() + 10s);
  REQUIRE(found);
  for (const auto& address : *found) CHECK((address == "127.0.0.1" || address == "::1"));
  CHECK(found->size() <= 2);
}

TEST_CASE("a name server that never answers does not hold the caller", "[net]") {
  std::promise<void> release;
  auto released = release.get_future().share();
  const auto never = [released](const std::string&) -> Result<net::Addresses> {
    released.wait();
    return net::Addresses{"192.0.2.1"};
  };
  SECTION("beyond the deadline") {
    const auto found = net::resolveBy(never, "db.example", {}, Clock::now() + 20ms);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == ErrorCode::timeout);
    CHECK(found.error().message.find("db.example") != std::string::npos);
  }
  SECTION("once the attempt is cancelled") {
    CancelSource source;
    auto waiting = std::async(std::launch::async, [&] {
      return net::resolveBy(never, "db.example", source.token(), {});
    });
    source.cancel(CancelReason::user);
    const auto found = waiting.get();
    REQUIRE_FALSE(found);
    CHECK(found.error().code == ErrorCode::cancelled);
  }
  release.set_value();
}

TEST_CASE("what the lookup says comes back", "[net]") {
  const auto found = net::resolveBy(
      [](const std::string& host) -> Result<net::Addresses> {
        return Error{.code = ErrorCode::connectFailed, .message = "no " + host};
      },
      "x", {}, {});
  REQUIRE_FALSE(found);
  CHECK(found.error().message == "no x");
}
