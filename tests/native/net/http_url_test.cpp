#include "net/http_url.h"

#include "native/catch.h"
#include "net/http_proxy.h"

using namespace mydba;

TEST_CASE("an address of a service is taken apart", "[http]") {
  const auto url = net::parseHttpUrl("https://API.example.com:8443/v1/?api-version=2024-10-21");
  REQUIRE(url);
  CHECK(url->host == "api.example.com");
  CHECK(url->port == 8443);
  CHECK(url->path == "/v1");
  CHECK(url->query == "api-version=2024-10-21");
  CHECK(url->origin() == "https://api.example.com:8443");
  CHECK(url->text() == "https://api.example.com:8443/v1?api-version=2024-10-21");
  CHECK(net::parseHttpUrl("http://[::1]:11434")->origin() == "http://[::1]:11434");
  CHECK(net::parseHttpUrl("https://api.example.com/")->text() == "https://api.example.com");
}

TEST_CASE("what is no address of a service is refused without quoting it", "[http]") {
  for (const std::string text :
       {"", "sk-planted-key", "ftp://host/x", "https://", "https://user:sk-planted-key@host/",
        "https://sk-planted-key@host/", "http://host:99999/", "http://ho st/"}) {
    const auto url = net::parseHttpUrl(text);
    INFO(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().code == ErrorCode::invalidParams);
    CHECK_FALSE(url.error().hint.empty());
    CHECK(url.error().message.find("planted") == std::string::npos);
  }
}

TEST_CASE("private addresses are told from public ones", "[http]") {
  for (const char* address :
       {"127.0.0.1", "127.255.0.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.1.1", "0.0.0.0", "::1", "::", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0",
        "::ffff:10.0.0.1", "localhost", "models.localhost"}) {
    INFO(address);
    CHECK(net::privateHost(address));
  }
  for (const char* address :
       {"8.8.8.8", "172.15.0.1", "172.32.0.1", "192.169.0.1", "11.0.0.1", "128.0.0.1", "0.0.0.1",
        "2001:db8::1", "fec0::1", "::ffff:8.8.8.8", "::2", "api.openai.com", "localhost.evil.com",
        "notlocalhost", "10.0.0.1.evil.com", "127.0.0.1.nip.io", ""}) {
    INFO(address);
    CHECK_FALSE(net::privateHost(address));
  }
}

TEST_CASE("other ways to write an address do not make it another", "[http]") {
  // libcurl's URL parser writes the forms that inet_aton takes as dotted numbers.
  CHECK(net::parseHttpUrl("http://127.1/")->host == "127.0.0.1");
  CHECK(net::parseHttpUrl("http://0x7f000001/")->host == "127.0.0.1");
  CHECK(net::parseHttpUrl("http://2130706433/")->host == "127.0.0.1");
}

namespace {

std::optional<net::HttpProxy> proxyOf(const char* target, std::optional<std::string> chosen,
                                      std::vector<std::pair<std::string, std::string>> variables) {
  const auto url = net::parseHttpUrl(target);
  REQUIRE(url);
  const auto proxy = net::proxyFor(*url, chosen, [&](const char* name) -> const char* {
    for (const auto& [variable, value] : variables)
      if (variable == name) return value.c_str();
    return nullptr;
  });
  REQUIRE(proxy);
  return *proxy;
}

}  // namespace

TEST_CASE("the environment names the proxy, and who is spared it", "[http]") {
  const auto proxy =
      proxyOf("https://api.example.com", {}, {{"HTTPS_PROXY", "http://u:p@proxy.corp:3128"}});
  REQUIRE(proxy);
  CHECK(proxy->host == "proxy.corp");
  CHECK(proxy->port == 3128);
  CHECK(proxyOf("https://api.example.com", {}, {{"all_proxy", "socks5://proxy:1080"}})->scheme ==
        "socks5h");
  CHECK_FALSE(proxyOf("https://api.example.com", {}, {}));
  CHECK_FALSE(proxyOf("https://api.example.com", {},
                      {{"https_proxy", "http://p:1"}, {"no_proxy", "other.com, example.com"}}));
  CHECK_FALSE(proxyOf("https://api.example.com", std::string(), {{"https_proxy", "http://p:1"}}));
  CHECK(proxyOf("https://api.example.com", "http://mine:8080", {{"https_proxy", "http://p:1"}})
            ->host == "mine");
}

TEST_CASE("what is private is never taken through a proxy", "[http]") {
  for (const char* target : {"http://127.0.0.1:11434", "http://localhost:11434", "https://10.0.0.5",
                             "http://[::1]:1234"}) {
    INFO(target);
    CHECK_FALSE(proxyOf(target, {}, {{"https_proxy", "http://p:1"}, {"all_proxy", "http://p:1"}}));
    CHECK_FALSE(proxyOf(target, "http://mine:8080", {}));
  }
}

TEST_CASE("no_proxy names hosts and what is below them", "[http]") {
  for (const char* list : {"example.com", ".example.com", "*.example.com", "a b,example.com", "*",
                           "API.EXAMPLE.COM"}) {
    INFO(list);
    CHECK(net::namedByNoProxy(list, "api.example.com"));
  }
  for (const char* list : {"", "ample.com", "www.example.com", ",", "example.com.evil", "."}) {
    INFO(list);
    CHECK_FALSE(net::namedByNoProxy(list, "api.example.com"));
  }
}

TEST_CASE("a proxy that cannot be used is named as the reason", "[http]") {
  const auto url = net::parseHttpUrl("https://api.example.com");
  for (const char* text : {"ftp://proxy:1", "http://", "http://pro xy"}) {
    const auto proxy = net::proxyFor(*url, text, [](const char*) { return nullptr; });
    INFO(text);
    REQUIRE_FALSE(proxy);
    CHECK(proxy.error().message.find("proxy") != std::string::npos);
  }
}
