#include "net/url.h"

#include <memory>
#include <string>
#include <vector>

#include "native/catch.h"
#include "net/percent.h"

namespace {

using mydba::protocol::TlsMode;

/// Engines of three shapes: a plain scheme, one with a secure twin, and one that opens files.
class NamedEngine final : public mydba::Engine {
 public:
  explicit NamedEngine(mydba::protocol::EngineDescriptor descriptor)
      : descriptor_(std::move(descriptor)) {}
  const mydba::protocol::EngineDescriptor& descriptor() const override { return descriptor_; }
  mydba::Result<std::unique_ptr<mydba::Connection>> connect(
      const mydba::protocol::ConnectionProfile&, const mydba::SecretSource&,
      const mydba::CancelToken&) const override {
    return mydba::Error{.message = "never connected here"};
  }

 private:
  mydba::protocol::EngineDescriptor descriptor_;
};

std::span<const mydba::Engine* const> shapes() {
  static const NamedEngine plain({.id = "pg", .schemes = {"postgres", "postgresql"}});
  static const NamedEngine twin({.id = "kv", .schemes = {"redis", "rediss"}});
  static const NamedEngine file({.id = "lite", .schemes = {"sqlite"}, .isFile = true});
  static const mydba::Engine* const all[] = {&plain, &twin, &file};
  return all;
}

mydba::net::ConnectionUrl parsed(std::string_view text) {
  auto url = mydba::net::parseUrl(text, "/home/me", shapes());
  INFO(text);
  if (!url) FAIL(url.error().message);
  return *url;
}

std::string failure(std::string_view text) {
  auto url = mydba::net::parseUrl(text, {}, shapes());
  INFO(text);
  REQUIRE_FALSE(url);
  CHECK(url.error().code == mydba::ErrorCode::invalidParams);
  return url.error().message;
}

std::string rendered(std::string_view text) {
  const auto url = parsed(text);
  return mydba::net::renderUrl(url.profile, url.password.has_value(), shapes());
}

}  // namespace

TEST_CASE("a URL with every part is taken apart") {
  const auto url = parsed("postgres://ann:s%40c:ret@db.example:5433/shop%20x?sslmode=verify-full");
  CHECK(url.profile.engine == "pg");
  CHECK(url.profile.user == "ann");
  CHECK(url.password == "s@c:ret");
  CHECK(url.profile.host == "db.example");
  CHECK(url.profile.port == 5433);
  CHECK(url.profile.database == "shop x");
  CHECK(url.profile.tls == TlsMode::verifyFull);
  CHECK(url.profile.name == "shop x@db.example");
  CHECK(url.profile.id.empty());
}

TEST_CASE("parts that are absent stay absent") {
  const auto url = parsed("postgresql://");
  CHECK_FALSE(url.profile.user);
  CHECK_FALSE(url.profile.host);
  CHECK_FALSE(url.profile.port);
  CHECK_FALSE(url.profile.database);
  CHECK_FALSE(url.profile.tls);
  CHECK_FALSE(url.password);
  CHECK_FALSE(parsed("postgres://u:@h:/").password);
  CHECK(parsed("redis://:pw@h/0").password == "pw");
  CHECK_FALSE(parsed("redis://:pw@h/0").profile.user);
  CHECK(parsed("redis://h/0").profile.database == "0");
}

TEST_CASE("an at sign in a password need not be encoded, and *** is no password") {
  CHECK(parsed("postgres://u:p@ss@h").password == "p@ss");
  CHECK_FALSE(parsed("postgres://u:***@h").password);
}

TEST_CASE("hosts: IPv6, zones and sockets") {
  CHECK(parsed("postgres://[::1]:5/x").profile.host == "::1");
  CHECK(parsed("postgres://[::1]:5/x").profile.port == 5);
  CHECK(parsed("postgres://[fe80::1%25eth0]").profile.host == "fe80::1%eth0");
  CHECK(parsed("postgres://%2Frun%2Fpg/db").profile.socket == "/run/pg");
  CHECK(parsed("postgres:///db?socket=/run/pg").profile.socket == "/run/pg");
  CHECK_FALSE(parsed("postgres:///db?socket=/run/pg").profile.host);
}

TEST_CASE("a secure scheme demands verified TLS unless a parameter says how") {
  CHECK(parsed("rediss://h").profile.tls == TlsMode::verifyFull);
  CHECK(parsed("rediss://h?tls=require").profile.tls == TlsMode::require);
  CHECK_FALSE(parsed("redis://h").profile.tls);
  CHECK(failure("rediss://h?tls=disable").find("demands TLS") != std::string::npos);
}

TEST_CASE("TLS modes are read in every usual spelling") {
  CHECK(parsed("postgres://h?sslmode=allow").profile.tls == TlsMode::prefer);
  CHECK(parsed("postgres://h?ssl-mode=VERIFY_IDENTITY").profile.tls == TlsMode::verifyFull);
  CHECK(parsed("postgres://h?tls=verifyCa").profile.tls == TlsMode::verifyCa);
  CHECK(parsed("postgres://h?sslrootcert=/ca.pem").profile.tlsCa == "/ca.pem");
  CHECK(failure("postgres://h?tls=yes").find("TLS mode") != std::string::npos);
}

TEST_CASE("files: absolute, relative and with odd names") {
  CHECK(parsed("sqlite:/tmp/a%3Fb.db").profile.path == "/tmp/a?b.db");
  CHECK(parsed("sqlite:///tmp/shop.db").profile.path == "/tmp/shop.db");
  CHECK(parsed("sqlite:/tmp/shop.db").profile.name == "shop.db");
  CHECK(parsed("sqlite:shop.db?readOnly=true").profile.path == "/home/me/shop.db");
  CHECK(parsed("sqlite:shop.db?readOnly=true").profile.readOnly == true);
  CHECK(failure("sqlite:shop.db").find("absolute") != std::string::npos);
  CHECK(failure("sqlite://host/x").find("no host") != std::string::npos);
  CHECK(failure("sqlite:").find("path is missing") != std::string::npos);
  CHECK(failure("sqlite:/x?ssh=me@there").find("file") != std::string::npos);
}

TEST_CASE("other parameters reach the engine in their order") {
  const auto url = parsed("postgres://h?connect_timeout=3&application_name=x%26y&zz=");
  CHECK(url.profile.connectTimeoutMs == 3000);
  REQUIRE(url.profile.options);
  REQUIRE(url.profile.options->size() == 2);
  CHECK(url.profile.options->at(0).name == "application_name");
  CHECK(url.profile.options->at(0).value == "x&y");
  CHECK(url.profile.options->at(1).value.empty());
}

TEST_CASE("errors name the part that is wrong") {
  CHECK(failure("shop.db").find("scheme") != std::string::npos);
  CHECK(failure("oracle://h").find("`oracle`") != std::string::npos);
  CHECK(failure("postgres:/h").find("//") != std::string::npos);
  CHECK(failure("postgres://h:70000").find("port") != std::string::npos);
  CHECK(failure("postgres://[::1").find("closing") != std::string::npos);
  CHECK(failure("postgres://::1/x").find("more than one") != std::string::npos);
  CHECK(failure("postgres://a,b/x").find("several hosts") != std::string::npos);
  CHECK(failure("postgres://%zz@h").find("user name") != std::string::npos);
  CHECK(failure("postgres://h/%FF").find("database is not UTF-8") != std::string::npos);
  CHECK(failure("postgres://h/a%0Ab").find("control character") != std::string::npos);
  CHECK(failure("postgres://h?a=1&a=2").find("twice") != std::string::npos);
  CHECK(failure("postgres://h?readOnly=1").find("readOnly") != std::string::npos);
  CHECK(failure("postgres://h?sslpassword=x").find("secret") != std::string::npos);
  CHECK(failure("postgres://h#x").find("#") != std::string::npos);
  CHECK(failure("postgres://h?socket=/s").find("socket") != std::string::npos);
}

TEST_CASE("an error never quotes what may be a piece of a password") {
  for (const char* text : {"postgres://u:hunter/2@h/db", "redis://:hunter", "redis://:hunter#2@h",
                           "postgres://u:%zzhunter@h", "postgres://h?password=hunter%00",
                           "postgres://u:hunter:x", "postgres://h?password=a&password=hunter"}) {
    const auto url = mydba::net::parseUrl(text, {}, shapes());
    INFO(text);
    REQUIRE_FALSE(url);
    CHECK((url.error().message + url.error().hint).find("hunter") == std::string::npos);
  }
}

TEST_CASE("a rendered URL hides the password and parses to the same profile") {
  CHECK(rendered("postgres://ann:secret@h:5/db") == "postgres://ann:***@h:5/db");
  CHECK(rendered("postgres://h?password=secret&user=ann") == "postgres://ann:***@h");
  CHECK(rendered("redis://:secret@[::1]/3") == "redis://:***@[::1]/3");
  CHECK(rendered("rediss://h") == "rediss://h");
  CHECK(rendered("sqlite:///tmp/a%20b%23.db") == "sqlite:/tmp/a%20b%23.db");
  for (const char* text :
       {"postgres://a%3Ab:x@[fe80::1%25e]:1/d%2F%3F?tls=require&tlsCa=/c&ssh=me@b:22&sshKey=/k&"
        "readOnly=true&connectTimeoutMs=5&o%3D=v%26&p=",
        "postgres://%2Frun/db", "rediss://h?tls=verifyCa", "sqlite:rel%25.db",
        "sqlite:////tmp/x.db"}) {
    const auto url = parsed(text);
    const auto again = parsed(mydba::net::renderUrl(url.profile, true, shapes()));
    CHECK(again.profile == url.profile);
    CHECK_FALSE(again.password);
  }
}

TEST_CASE("ssh targets") {
  const auto full = mydba::net::parseSshTarget("me@bastion:2222");
  REQUIRE(full);
  CHECK(full->user == "me");
  CHECK(full->host == "bastion");
  CHECK(full->port == 2222);
  const auto bare = mydba::net::parseSshTarget("[::1]");
  REQUIRE(bare);
  CHECK(bare->user.empty());
  CHECK(bare->host == "::1");
  CHECK(bare->port == 22);
  for (const char* bad : {"", "@h", "me:pw@h", "me@", "me@-oProxyCommand", "me@h:0", "me@h:x"})
    CHECK_FALSE(mydba::net::parseSshTarget(bad));
}

TEST_CASE("percent encoding and decoding are inverse for every byte") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  CHECK(mydba::net::percentDecode(mydba::net::percentEncode(all)) == all);
  CHECK(mydba::net::percentDecode("a+b%2b") == "a+b+");
  CHECK_FALSE(mydba::net::percentDecode("%"));
  CHECK_FALSE(mydba::net::percentDecode("%4"));
  CHECK_FALSE(mydba::net::percentDecode("%4g"));
}
