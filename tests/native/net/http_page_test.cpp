#include "net/http_page.h"

#include <cstdio>
#include <fstream>

#include "fakes/http_fake.h"
#include "native/catch.h"

using namespace mydba;
using namespace std::chrono_literals;
using fakes::FakeAnswer;
using fakes::HttpFake;
using fakes::SeenRequest;

namespace {

FakeAnswer page(std::string html) {
  return {.contentType = "text/html; charset=utf-8", .pieces = {std::move(html)}};
}

FakeAnswer redirectTo(std::string location) {
  return {.status = 301, .headers = {{"Location", std::move(location)}}};
}

/// A site with a certificate of its own, and options that trust it.
class Site {
 public:
  explicit Site(HttpFake::Handler handler) : Site(fakes::certificateFor("localhost"), handler) {}
  ~Site() { std::remove(options.caFile.c_str()); }

  Result<net::HttpPage> fetch(const std::string& path, const CancelToken& cancel = {}) {
    return net::fetchPage(fake.url() + path, options, cancel);
  }
  Error failure(const std::string& path) {
    const auto fetched = fetch(path);
    REQUIRE_FALSE(fetched);
    CHECK_FALSE(fetched.error().hint.empty());
    return fetched.error();
  }

  HttpFake fake;
  net::HttpOptions options;

 private:
  Site(const fakes::FakeCertificate& certificate, const HttpFake::Handler& handler)
      : fake(certificate, handler) {
    options.caFile = "/tmp/mydba-page-ca-" + std::to_string(fake.port()) + ".pem";
    std::ofstream(options.caFile) << certificate.certificate;
  }
};

net::HttpUrl url(const std::string& text) {
  const auto parsed = net::parseHttpUrl(text);
  REQUIRE(parsed);
  return *parsed;
}

}  // namespace

TEST_CASE("a page is fetched by its address, with nothing of the user's", "[http]") {
  Site site([](const SeenRequest&) { return page("<p>text"); });
  const auto fetched = site.fetch("/docs/vacuum/#why");
  REQUIRE(fetched);
  CHECK(fetched->html == "<p>text");
  const SeenRequest seen = site.fake.seen().at(0);
  CHECK(seen.method == "GET");
  CHECK(seen.path == "/docs/vacuum/");
  std::vector<std::string> names;
  for (const auto& [name, value] : seen.headers) names.push_back(name);
  for (const std::string& name : names) {
    INFO(name);
    CHECK((name == "Host" || name == "User-Agent" || name == "Accept" || name == "REMOTE_ADDR" ||
           name == "REMOTE_PORT" || name == "LOCAL_ADDR" || name == "LOCAL_PORT"));
  }
  CHECK(seen.header("user-agent") == "mydba");
}

TEST_CASE("a page that has moved is found on its own site", "[http]") {
  Site site([](const SeenRequest& request) {
    if (request.path == "/old") return redirectTo("/new/?v=1");
    return request.path == "/new/?v=1" ? page("here") : redirectTo("/round");
  });
  const auto fetched = site.fetch("/old");
  REQUIRE(fetched);
  CHECK(fetched->html == "here");
  CHECK(fetched->url == site.fake.url() + "/new/?v=1");
  CHECK(site.failure("/round").code == ErrorCode::refused);
  CHECK(site.fake.seen().size() == 8);
}

TEST_CASE("a redirect to another site, or without encryption, is refused", "[http]") {
  HttpFake other([](const SeenRequest&) { return page("not asked for"); });
  Site site([&](const SeenRequest& request) {
    return redirectTo(request.path == "/plain" ? other.url() + "/x" : "https://elsewhere.example/");
  });
  for (const char* path : {"/plain", "/away"}) {
    const Error error = site.failure(path);
    CHECK(error.code == ErrorCode::refused);
    CHECK(error.message.find("not its site") != std::string::npos);
  }
  CHECK(other.seen().empty());

  const auto official = url("https://www.docs.example/a");
  for (const char* same :
       {"https://docs.example/", "https://www.docs.example/b", "https://de.docs.example/"})
    CHECK(net::sameSite(official, url(same)));
  for (const char* foreign :
       {"http://docs.example/", "https://evildocs.example/", "https://example/",
        "https://docs.example.evil/", "https://docs.example:8443/", "https://other.example/"}) {
    INFO(foreign);
    CHECK_FALSE(net::sameSite(official, url(foreign)));
  }
}

TEST_CASE("only https is fetched", "[http]") {
  HttpFake fake([](const SeenRequest&) { return page("x"); });
  const auto fetched = net::fetchPage(fake.url(), {}, {});
  REQUIRE_FALSE(fetched);
  CHECK(fetched.error().code == ErrorCode::refused);
  CHECK(fake.seen().empty());
}

TEST_CASE("what is no page is told with what to do", "[http]") {
  Site site([](const SeenRequest& request) {
    if (request.path == "/gone") return FakeAnswer{.status = 404};
    if (request.path == "/broken") return FakeAnswer{.status = 503};
    if (request.path == "/slow")
      return FakeAnswer{.contentType = "text/html", .end = FakeAnswer::End::hang};
    if (request.path == "/large") return page(std::string(200'000, 'x'));
    return FakeAnswer{.pieces = {"{}"}};
  });
  const Error gone = site.failure("/gone");
  CHECK(gone.engineCode == "404");
  CHECK(gone.hint.find("moved") != std::string::npos);
  CHECK(site.failure("/broken").retryable);
  CHECK(site.failure("/json").message.find("no HTML") != std::string::npos);
  site.options.maximumBodyBytes = 100'000;
  CHECK(site.failure("/large").code == ErrorCode::tooLarge);
  site.options.totalTimeout = 300ms;
  CHECK(site.failure("/slow").code == ErrorCode::timeout);
}

TEST_CASE("fetching a page can be cancelled", "[http]") {
  CancelSource source;
  Site site([&](const SeenRequest&) {
    source.cancel(CancelReason::user);
    return FakeAnswer{.end = FakeAnswer::End::hang};
  });
  const auto fetched = site.fetch("/", source.token());
  REQUIRE_FALSE(fetched);
  CHECK(fetched.error().code == ErrorCode::cancelled);
}
