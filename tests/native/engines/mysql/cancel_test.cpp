// What happens when a statement must end, on healthy, stopped and killed servers.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "base/wait.h"
#include "native/engines/mysql/live.h"
#include "native/guard/unchecked.h"

namespace mydba::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<milliseconds>(Clock::now() - start);
}

/// A thousand million rows: more than any test reads.
constexpr std::string_view endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
    "SELECT a.i, b.i, c.i, REPEAT('x', 100) FROM n a, n b, n c";

/// Whether another session sees `id` running something.
bool runsSomething(Connection& watcher, const std::string& id) {
  return single(watcher, "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = " + id +
                             " AND COMMAND = 'Query'") != "0";
}

void untilRunning(Connection& watcher, const std::string& id) {
  const auto deadline = Clock::now() + seconds(10);
  while (!runsSomething(watcher, id)) {
    REQUIRE(Clock::now() < deadline);
    std::this_thread::yield();
  }
}

void untilIdle(Connection& watcher, const std::string& id) {
  const auto deadline = Clock::now() + seconds(5);
  while (runsSomething(watcher, id)) {
    REQUIRE(Clock::now() < deadline);
    std::this_thread::yield();
  }
}

TEST_CASE("mysql: cancel ends a sleeping statement and the connection stays") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server), watcher = connectTo(server);
    const auto id = single(*connection, "SELECT CONNECTION_ID()");
    for (const auto sql :
         {"SELECT SLEEP(60)", "DO SLEEP(60)",
          "SELECT COUNT(*) FROM mysql.user a, mysql.user b, mysql.user c WHERE SLEEP(1)"}) {
      CancelSource source;
      std::thread canceller([&] {
        untilRunning(*watcher, id);
        source.cancel(CancelReason::user);
      });
      const auto start = Clock::now();
      Collected sink;
      const auto ran = connection->run(unchecked(sql), sink, source.token());
      canceller.join();
      CHECK(since(start) < seconds(5));
      REQUIRE_FALSE(ran);
      CHECK(ran.error().code == ErrorCode::cancelled);
      CHECK(connection->alive());
      CHECK(single(*connection, "SELECT 42") == "42");
      untilIdle(*watcher, id);
    }
  }
}

TEST_CASE("mysql: cancel in the middle of a stream") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    CancelSource source;
    Collected sink;
    sink.keep = false;
    sink.onRow = [&] {
      if (sink.seen == 1000) source.cancel(CancelReason::timeout);
    };
    const auto start = Clock::now();
    const auto ran = connection->run(unchecked(endless), sink, source.token());
    CHECK(since(start) < seconds(5));
    REQUIRE_FALSE(ran);
    CHECK(ran.error().code == ErrorCode::timeout);
    CHECK(single(*connection, "SELECT 42") == "42");
  }
}

TEST_CASE("mysql: a sink that has enough stops the server") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server), watcher = connectTo(server);
    const auto id = single(*connection, "SELECT CONNECTION_ID()");
    for (const std::size_t limit : {1, 2000}) {
      Collected sink;
      sink.limit = limit;
      const auto start = Clock::now();
      const auto ran = connection->run(unchecked(endless), sink, {});
      CHECK(since(start) < seconds(5));
      CHECK(ran);
      CHECK(sink.seen == limit);
      untilIdle(*watcher, id);
      CHECK(single(*connection, "SELECT 42") == "42");
    }
  }
}

TEST_CASE("mysql: a session that is killed is lost, and says so") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server), watcher = connectTo(server);
    const auto id = single(*connection, "SELECT CONNECTION_ID()");
    std::thread killer([&] {
      untilRunning(*watcher, id);
      must(*watcher, {"KILL CONNECTION " + id});
    });
    Collected sink;
    const auto ran = connection->run(unchecked("SELECT SLEEP(60)"), sink, {});
    killer.join();
    REQUIRE_FALSE(ran);
    INFO(ran.error().engineCode << " " << ran.error().message);
    CHECK(ran.error().code == ErrorCode::connectionLost);
    CHECK_FALSE(connection->alive());
  }
}

/// A connection through a relay that can be told to pass nothing on: what a stopped server or a
/// dead network look like, without harm to the server of the other tests.
class Relay {
 public:
  explicit Relay(std::int64_t serverPort) : serverPort_(serverPort) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = local(0);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener_, 8) == 0);
    socklen_t length = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { acceptAll(); });
  }
  ~Relay() {
    over_.cancel(CancelReason::shutdown);
    acceptor_.join();
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
  }
  void freeze() { frozen = true; }

  std::int64_t port = 0;
  std::atomic<bool> frozen{false};

 private:
  static sockaddr_in local(std::int64_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }

  void acceptAll() {
    while (waitFor(listener_, Ready::read, over_.token())) {
      const int client = ::accept(listener_, nullptr, nullptr);
      const int server = ::socket(AF_INET, SOCK_STREAM, 0);
      sockaddr_in address = local(serverPort_);
      if (::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return;
      threads_.emplace_back([=, this] { pump(client, server); });
      threads_.emplace_back([=, this] { pump(server, client); });
    }
  }

  void pump(int from, int to) {
    char buffer[65536];
    while (waitFor(from, Ready::read, over_.token())) {
      if (frozen) {
        static_cast<void>(sleepUntil(Clock::now() + milliseconds(20), over_.token()));
        continue;
      }
      const auto count = ::recv(from, buffer, sizeof buffer, 0);
      if (count <= 0) break;
      if (::send(to, buffer, static_cast<std::size_t>(count), MSG_NOSIGNAL) < 0) break;
    }
    ::shutdown(to, SHUT_RDWR);
  }

  std::int64_t serverPort_;
  int listener_ = -1;
  CancelSource over_;
  std::thread acceptor_;
  std::vector<std::thread> threads_;
};

TEST_CASE("mysql: a server that stops answering costs no more than the grace") {
  for (auto server : liveServers()) {
    if (server.profile.socket) continue;
    INFO(server.variable);
    Relay relay(*server.profile.port);
    server.profile.port = relay.port;
    auto connection = connectTo(server);
    CancelSource source;
    Collected sink;
    sink.keep = false;
    sink.onRow = [&] {
      if (sink.seen != 100) return;
      relay.freeze();
      source.cancel(CancelReason::user);
    };
    auto start = Clock::now();
    const auto ran = connection->run(unchecked(endless), sink, source.token());
    CHECK(since(start) < cancelGrace + seconds(2));
    REQUIRE_FALSE(ran);
    CHECK(ran.error().code == ErrorCode::cancelled);
    CHECK_FALSE(connection->alive());
    const auto again = connection->run(unchecked("SELECT 1"), sink, {});
    REQUIRE_FALSE(again);
    CHECK(again.error().code == ErrorCode::connectionLost);
    start = Clock::now();
    connection.reset();
    CHECK(since(start) < milliseconds(200));
  }
}

TEST_CASE("mysql: connecting to something that never answers") {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(listener, 8) == 0);
  socklen_t length = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
  protocol::ConnectionProfile profile;
  profile.engine = "mysql";
  profile.port = ntohs(address.sin_port);
  profile.user = "root";

  SECTION("ends at the time-out") {
    profile.connectTimeoutMs = 300;
    const auto start = Clock::now();
    const auto connection = findEngine("mysql")->connect(profile, {}, {});
    REQUIRE_FALSE(connection);
    CHECK(connection.error().code == ErrorCode::timeout);
    CHECK(since(start) < milliseconds(600));
  }
  SECTION("ends when it is cancelled") {
    CancelSource source;
    std::thread canceller([&] {
      static_cast<void>(waitFor(listener, Ready::read, {}));
      source.cancel(CancelReason::user);
    });
    const auto start = Clock::now();
    const auto connection = findEngine("mysql")->connect(profile, {}, source.token());
    canceller.join();
    REQUIRE_FALSE(connection);
    CHECK(connection.error().code == ErrorCode::cancelled);
    CHECK(since(start) < milliseconds(500));
  }
  SECTION("also after the server's greeting, when the TLS handshake hangs") {
    std::thread greeter([&] {
      const int client = ::accept(listener, nullptr, nullptr);
      std::string greeting(
          "\x0A"
          "8.0.0\0"
          "\1\0\0\0"
          "12345678\0"
          "\xFF\xFF\x2D\2\0\xFF\x80\x15",
          29);
      greeting.append(10, '\0').append("123456789012").append(1, '\0');
      greeting.append("mysql_native_password").append(1, '\0');
      const std::string header{static_cast<char>(greeting.size()), 0, 0, 0};
      static_cast<void>(!::write(client, (header + greeting).data(), greeting.size() + 4));
      char byte[4096];
      while (::recv(client, byte, sizeof byte, 0) > 0) {
      }
      ::close(client);
    });
    profile.connectTimeoutMs = 400;
    profile.tls = protocol::TlsMode::require;
    const auto start = Clock::now();
    const auto connection = findEngine("mysql")->connect(profile, {}, {});
    greeter.join();
    REQUIRE_FALSE(connection);
    CHECK(connection.error().code == ErrorCode::timeout);
    CHECK(since(start) >= milliseconds(300));
    // Not at once: the library first reads the authorities of the system, and is not to be
    // interrupted in it. That is 40 ms of work, which a busy machine makes seconds of.
    CHECK(since(start) < seconds(5));
  }
  ::close(listener);
}

}  // namespace
}  // namespace mydba::test
