#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "base/wait.h"
#include "engines/postgres/dial.h"
#include "engines/postgres/failure.h"
#include "native/engines/postgres/live.h"
#include "native/guard/unchecked.h"

using namespace mydba;
using namespace mydba::test;
using namespace std::chrono_literals;

namespace {

/// A port whose connections are accepted by the kernel and answered by nobody.
class SilentListener {
 public:
  SilentListener() : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(fd_, 8) == 0);
    socklen_t size = sizeof address;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~SilentListener() { ::close(fd_); }
  SilentListener(const SilentListener&) = delete;
  SilentListener& operator=(const SilentListener&) = delete;
  int port() const { return port_; }

 private:
  int fd_;
  int port_ = 0;
};

protocol::ConnectionProfile localProfile(int port) {
  protocol::ConnectionProfile profile{.id = "t", .name = "t", .engine = "postgres"};
  profile.host = "127.0.0.1";
  profile.port = port;
  return profile;
}

Result<std::optional<std::string>> noSecret(protocol::SecretKind) {
  return std::optional<std::string>();
}

}  // namespace

TEST_CASE("postgres: profiles become libpq parameters", "[postgres]") {
  auto profile = localProfile(5432);
  profile.user = "o'hara";
  profile.database = "a=b c";
  profile.tls = protocol::TlsMode::verifyFull;
  profile.tlsCa = "/ca.pem";
  profile.options = std::vector{protocol::NamedValue{"options", "-c work_mem=1MB"}};
  const auto parameters = postgres::parametersOf(profile);
  REQUIRE(parameters);
  CHECK(parameters->at("user") == "o'hara");
  CHECK(parameters->at("dbname") == "a=b c");
  CHECK(parameters->at("sslmode") == "verify-full");
  CHECK(parameters->at("sslrootcert") == "/ca.pem");
  CHECK(parameters->at("options") == "-c work_mem=1MB");
  CHECK(parameters->at("application_name") == "MyDBA");
  CHECK(parameters->at("client_encoding") == "UTF8");

  for (const char* bad : {"nonsense", "password", "host", "client_encoding"}) {
    profile.options = std::vector{protocol::NamedValue{bad, "x"}};
    const auto refused = postgres::parametersOf(profile);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::invalidParams);
    CHECK(refused.error().message.find(bad) != std::string::npos);
  }
}

TEST_CASE("postgres: why a connect failed is told from libpq's words", "[postgres]") {
  const auto auth = postgres::connectFailure(
      "connection to server at \"127.0.0.1\", port 5432 failed: FATAL:  28P01: password "
      "authentication failed for user \"x\"\nLOCATION:  auth_failed, auth.c:335\n",
      "here");
  CHECK(auth.code == ErrorCode::authFailed);
  CHECK(auth.engineCode == "28P01");
  CHECK(auth.message == "password authentication failed for user \"x\"");
  CHECK_FALSE(auth.hint.empty());
  const auto german = postgres::connectFailure(
      "connection to server failed: VERHÄNGNISVOLL:  3D000: Datenbank »x« existiert nicht\n", "h");
  CHECK(german.code == ErrorCode::connectFailed);
  CHECK(german.engineCode == "3D000");
  const auto refused = postgres::connectFailure(
      "connection to server at \"127.0.0.1\", port 1 failed: Connection refused\n\tIs the server "
      "running on that host and accepting TCP/IP connections?\n",
      "127.0.0.1 port 1");
  CHECK(refused.code == ErrorCode::connectFailed);
  CHECK(refused.message == "cannot connect to 127.0.0.1 port 1: Connection refused");
  CHECK(refused.retryable);
}

TEST_CASE("postgres: positions count bytes, not characters", "[postgres]") {
  CHECK(postgres::byteOffset("abc", 1) == 0);
  CHECK(postgres::byteOffset("é🎉x", 3) == 6);
  CHECK(postgres::byteOffset("é", 9) == 2);
  CHECK(postgres::byteOffset("\x80\x80\x80", 2) == 3);
}

TEST_CASE("postgres: a listener that never answers is given up in time", "[postgres]") {
  const SilentListener listener;
  auto profile = localProfile(listener.port());
  const auto start = Clock::now();
  SECTION("by the time-out") {
    profile.connectTimeoutMs = 50;
    const auto connected = findEngine("postgres")->connect(profile, noSecret, {});
    REQUIRE_FALSE(connected);
    CHECK(connected.error().code == ErrorCode::timeout);
  }
  SECTION("by the token") {
    CancelSource source;
    std::thread canceller([&] { source.cancel(CancelReason::user); });
    const auto connected = findEngine("postgres")->connect(profile, noSecret, source.token());
    canceller.join();
    REQUIRE_FALSE(connected);
    CHECK(connected.error().code == ErrorCode::cancelled);
  }
  CHECK(Clock::now() - start < 2s);
}

TEST_CASE("postgres: nobody listens, no such database, no such user", "[postgres]") {
  int port = 0;
  { port = SilentListener().port(); }
  const auto nobody = findEngine("postgres")->connect(localProfile(port), noSecret, {});
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().code == ErrorCode::connectFailed);
  CHECK(nobody.error().message.find("refused") != std::string::npos);

  MYDBA_POSTGRES_PROFILE(given);
  auto profile = given;
  profile.database = "<b>\"; DROP TABLE x; --";
  const auto absent = connectTo(profile);
  REQUIRE_FALSE(absent);
  CHECK(absent.error().engineCode == "3D000");
  profile = given;
  profile.user = "nobody here";
  const auto stranger = connectTo(profile);
  REQUIRE_FALSE(stranger);
  CHECK(stranger.error().code == ErrorCode::authFailed);
}

TEST_CASE("postgres: a password is asked for once, when the server wants one", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  if (!postgresPassword()) {
    WARN("SKIPPED: MYDBA_TEST_POSTGRES has no password");
    return;
  }
  int asked = 0;
  const auto with = [&](std::optional<std::string> password) {
    return findEngine("postgres")
        ->connect(profile,
                  [&, password](protocol::SecretKind kind) -> Result<std::optional<std::string>> {
                    ++asked;
                    CHECK(kind == protocol::SecretKind::password);
                    return password;
                  },
                  {});
  };
  CHECK(with(postgresPassword()));
  CHECK(asked == 1);
  for (const auto& wrong : {std::optional<std::string>("hunter2"), std::optional<std::string>()}) {
    const auto refused = with(wrong);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::authFailed);
    CHECK(refused.error().message.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("postgres: a read-only profile refuses changes", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(given);
  auto profile = given;
  profile.readOnly = true;
  auto connection = connectTo(profile);
  REQUIRE(connection);
  CollectingSink sink;
  const auto refused = (*connection)->run(unchecked("CREATE TABLE never (a int)"), sink, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::refused);
  CHECK(refused.error().engineCode == "25006");
}
