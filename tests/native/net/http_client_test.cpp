#include "net/http_client.h"

#include <fstream>
#include <future>

#include "base/wait.h"
#include "fakes/http_fake.h"
#include "fakes/raw_server.h"
#include "native/catch.h"

using namespace mydba;
using namespace std::chrono_literals;
using fakes::FakeAnswer;
using fakes::HttpFake;
using fakes::RawServer;
using fakes::SeenRequest;

namespace {

const std::string plantedKey = "sk-planted-0123456789";

struct Collector : net::HttpReader {
  net::HttpHead seen;
  std::string text;
  std::function<void()> onBody;

  Result<void> head(const net::HttpHead& head) override {
    seen = head;
    return {};
  }
  Result<void> body(std::string_view bytes) override {
    text += bytes;
    if (onBody) onBody();
    return {};
  }
};

net::HttpRequest get(std::string url) {
  return {.url = std::move(url), .headers = {{"Authorization", "Bearer " + plantedKey}}};
}

/// The error of a request that must fail, which never holds the key.
Error failureOf(const net::HttpRequest& request, const net::HttpOptions& options = {},
                const CancelToken& cancel = {}) {
  Collector collector;
  const auto done = net::requestHttp(request, options, collector, cancel);
  REQUIRE_FALSE(done);
  CHECK((done.error().message + done.error().hint).find(plantedKey) == std::string::npos);
  return done.error();
}

}  // namespace

TEST_CASE("a request arrives as it was made, and its answer comes back", "[http]") {
  HttpFake fake([](const SeenRequest&) {
    return FakeAnswer{.status = 201, .headers = {{"X-Fake", "yes"}}, .pieces = {"one ", "two"}};
  });
  net::HttpRequest request = get(fake.url() + "/v1/chat?x=1");
  request.method = "POST";
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = std::string(3'000'000, 'b');
  Collector collector;
  REQUIRE(net::requestHttp(request, {}, collector, {}));
  CHECK(collector.seen.status == 201);
  CHECK(collector.seen.header("x-fake") == "yes");
  CHECK(collector.text == "one two");
  const auto seen = fake.seen().at(0);
  CHECK(seen.method == "POST");
  CHECK(seen.path == "/v1/chat?x=1");
  CHECK(seen.header("authorization") == "Bearer " + plantedKey);
  CHECK(seen.body == request.body);
  CHECK(seen.header("cookie").empty());
  CHECK(seen.header("accept-encoding").empty());
}

TEST_CASE("a redirect is told and not followed", "[http]") {
  HttpFake other([](const SeenRequest&) { return FakeAnswer{}; });
  const int status = GENERATE(301, 302, 307, 308);
  HttpFake fake([&](const SeenRequest&) {
    return FakeAnswer{.status = status, .headers = {{"Location", other.url() + "/secret-path"}}};
  });
  const Error error = failureOf(get(fake.url()));
  CHECK(error.code == ErrorCode::refused);
  CHECK(error.message.find(other.url()) != std::string::npos);
  CHECK(error.message.find("secret-path") == std::string::npos);
  CHECK(other.seen().empty());
}

TEST_CASE("a certificate counts only when an accepted authority signed it", "[http]") {
  const auto certificate = fakes::certificateFor("localhost");
  HttpFake fake(certificate, [](const SeenRequest&) { return FakeAnswer{.pieces = {"hidden"}}; });
  const std::string file = "/tmp/mydba-http-ca-" + std::to_string(fake.port()) + ".pem";
  std::ofstream(file) << certificate.certificate;

  Error error = failureOf(get(fake.url()));
  CHECK(error.code == ErrorCode::connectFailed);
  CHECK(error.message.find("certificate") != std::string::npos);
  CHECK(error.hint.find("CA file") != std::string::npos);

  Collector collector;
  CHECK(net::requestHttp(get(fake.url()), {.caFile = file}, collector, {}));
  CHECK(collector.text == "hidden");

  error = failureOf(get("https://127.0.0.1:" + std::to_string(fake.port())), {.caFile = file});
  CHECK(error.message.find("certificate") != std::string::npos);
  error = failureOf(get(fake.url()), {.caFile = "/nonexistent/ca.pem"});
  CHECK(error.hint.find("PEM") != std::string::npos);
  CHECK(fake.seen().size() == 1);
  std::remove(file.c_str());
}

TEST_CASE("without encryption nothing leaves the private networks", "[http]") {
  // 192.0.2.0/24 is for documentation (RFC 5737): were it tried, it would time out.
  const Error error = failureOf(get("http://192.0.2.1/v1"));
  CHECK(error.code == ErrorCode::refused);
  CHECK(error.hint == "use https");
  CHECK(failureOf(get("https://192.0.2.1/v1"), {.privateOnly = true}).code == ErrorCode::refused);
}

TEST_CASE("a proxy is asked for a tunnel and told nothing else", "[http]") {
  std::promise<std::string> head;
  RawServer proxy([&](int connection) {
    head.set_value(fakes::readHead(connection));
    fakes::writeAll(connection, "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  });
  const Error error =
      failureOf(get("https://service.example/v1/secret-path"), {.proxy = proxy.url()});
  CHECK(error.code == ErrorCode::connectFailed);
  CHECK(error.message.find("407") != std::string::npos);
  const std::string asked = head.get_future().get();
  CHECK(asked.starts_with("CONNECT service.example:443 "));
  CHECK(asked.find(plantedKey) == std::string::npos);
  CHECK(asked.find("secret-path") == std::string::npos);
}

TEST_CASE("answers have limits", "[http]") {
  SECTION("of the body") {
    HttpFake fake([](const SeenRequest&) {
      return FakeAnswer{.pieces = std::vector<std::string>(100, std::string(10'000, 'x'))};
    });
    CHECK(failureOf(get(fake.url()), {.maximumBodyBytes = 500'000}).code == ErrorCode::tooLarge);
  }
  SECTION("of the head") {
    RawServer server([](int connection) {
      fakes::readHead(connection);
      fakes::writeAll(connection, "HTTP/1.1 200 OK\r\n");
      for (int i = 0; i < 100; ++i)
        fakes::writeAll(connection, "X-Long: " + std::string(1000, 'x') + "\r\n");
      fakes::readToEnd(connection);
    });
    CHECK(failureOf(get(server.url())).code == ErrorCode::tooLarge);
  }
  SECTION("and are not unpacked") {
    HttpFake fake([](const SeenRequest&) {
      return FakeAnswer{.headers = {{"Content-Encoding", "gzip"}}, .pieces = {"\x1f\x8b"}};
    });
    CHECK(failureOf(get(fake.url())).message.find("compressed") != std::string::npos);
  }
}

TEST_CASE("a failure says what failed and what to do", "[http]") {
  SECTION("nobody listens") {
    int port = 0;
    {
      port = RawServer([](int) {}).port();
    }
    const Error error = failureOf(get("http://127.0.0.1:" + std::to_string(port)));
    CHECK(error.code == ErrorCode::connectFailed);
    CHECK(error.message.find("Connection refused") != std::string::npos);
    CHECK_FALSE(error.hint.empty());
  }
  SECTION("no such name") {
    const Error error = failureOf(get("https://no-such-host.invalid/"));
    CHECK((error.code == ErrorCode::connectFailed || error.code == ErrorCode::timeout));
    CHECK(error.message.find("no-such-host.invalid") != std::string::npos);
  }
  SECTION("closed at once") {
    RawServer server([](int connection) { fakes::readHead(connection); });
    const Error error = failureOf(get(server.url()));
    CHECK(error.code == ErrorCode::connectionLost);
    CHECK(error.retryable);
  }
  SECTION("cut in the middle") {
    HttpFake fake([](const SeenRequest&) {
      return FakeAnswer{.pieces = {"half"}, .end = FakeAnswer::End::cut};
    });
    CHECK(failureOf(get(fake.url())).code == ErrorCode::connectionLost);
  }
  SECTION("not HTTP") {
    RawServer server([](int connection) {
      fakes::writeAll(connection, "220 mail.example ESMTP\r\n");
      fakes::readToEnd(connection);
    });
    CHECK(failureOf(get(server.url())).message.find("does not speak HTTP") != std::string::npos);
  }
  SECTION("TLS asked of who does not speak it") {
    RawServer server([](int connection) {
      fakes::writeAll(connection, "HTTP/1.1 400 Bad Request\r\n\r\n");
      fakes::readToEnd(connection);
    });
    const Error error = failureOf(get("https://127.0.0.1:" + std::to_string(server.port())));
    CHECK(error.message.find("TLS") != std::string::npos);
  }
  SECTION("a line break in the key") {
    HttpFake fake([](const SeenRequest&) { return FakeAnswer{}; });
    net::HttpRequest request = get(fake.url());
    request.headers[0].value += "\r\nX-Injected: yes";
    CHECK(failureOf(request).code == ErrorCode::invalidParams);
    CHECK(fake.seen().empty());
  }
}

TEST_CASE("silence ends by itself", "[http]") {
  RawServer server([](int connection) { fakes::readToEnd(connection); });
  const auto start = Clock::now();
  const Error error = failureOf(get(server.url()), {.idleTimeout = 100ms});
  CHECK(error.code == ErrorCode::timeout);
  CHECK(millisecondsSince(start) < 1000);
  HttpFake drip([](const SeenRequest&) {
    return FakeAnswer{.pieces = std::vector<std::string>(1000, "x"), .between = 20ms};
  });
  CHECK(failureOf(get(drip.url()), {.totalTimeout = 200ms}).message.find("longer than") !=
        std::string::npos);
}

namespace {

/// Cancels a request that is under way, and says how long it took to end, in milliseconds.
double timeToCancel(const net::HttpRequest& request, const net::HttpOptions& options,
                    const std::function<bool()>& waitUntilUnderWay) {
  CancelSource source;
  Clock::time_point ended;
  auto failed = std::async(std::launch::async, [&] {
    const Error error = failureOf(request, options, source.token());
    ended = Clock::now();
    return error;
  });
  const bool underWay = waitUntilUnderWay();
  const auto asked = Clock::now();
  source.cancel(CancelReason::user);
  CHECK(failed.get().code == ErrorCode::cancelled);
  CHECK(underWay);
  return std::chrono::duration<double, std::milli>(ended - asked).count();
}

}  // namespace

TEST_CASE("a cancel ends a request within 200 ms, whatever the server does", "[http]") {
  RawServer silent([](int connection) { fakes::readToEnd(connection); });
  const auto connected = [&] { return silent.waitForConnection(); };
  SECTION("it accepts and says nothing") {
    CHECK(timeToCancel(get(silent.url()), {}, connected) < 200);
  }
  SECTION("it never shakes hands") {
    const std::string url = "https://127.0.0.1:" + std::to_string(silent.port());
    CHECK(timeToCancel(get(url), {}, connected) < 200);
  }
  SECTION("the proxy is silent") {
    CHECK(timeToCancel(get("https://service.example/"), {.proxy = silent.url()}, connected) < 200);
  }
  SECTION("it stops in the middle of an answer") {
    HttpFake fake([](const SeenRequest&) {
      return FakeAnswer{.pieces = {"half"}, .end = FakeAnswer::End::hang};
    });
    CHECK(timeToCancel(get(fake.url()), {}, [&] { return fake.waitForAnswers(1); }) < 200);
    CHECK(fake.waitForLeaver());
  }
  SECTION("it drips") {
    HttpFake fake([](const SeenRequest&) {
      return FakeAnswer{.pieces = std::vector<std::string>(1000, "x"), .between = 20ms};
    });
    CHECK(timeToCancel(get(fake.url()), {}, [&] { return fake.waitForAnswers(1); }) < 200);
  }
}
