#include <mysql.h>

#include <thread>

#include "base/wait.h"
#include "native/engines/mysql/live.h"
#include "native/guard/unchecked.h"

namespace mydba::test {
namespace {

const protocol::Process* find(const protocol::ProcessSnapshot& snapshot, const std::string& id) {
  for (const auto& process : snapshot.processes)
    if (process.id == id) return &process;
  return nullptr;
}

/// Snapshots until `accept` takes one.
protocol::ProcessSnapshot listUntil(
    Connection& connection, const std::function<bool(const protocol::ProcessSnapshot&)>& accept) {
  const auto deadline = Clock::now() + std::chrono::seconds(10);
  for (;;) {
    auto snapshot = connection.processes()->list({});
    if (!snapshot) FAIL(snapshot.error().message);
    if (accept(*snapshot)) return *snapshot;
    REQUIRE(Clock::now() < deadline);
    // InnoDB renews the tables behind information_schema.innodb_lock_waits only when nobody has
    // read them for 0.1 s (MariaDB manual, "InnoDB lock waits"; CACHE_MIN_IDLE_TIME_NS in
    // trx0i_s.cc): who asks without a break never sees a change.
    if (auto slept = sleepUntil(Clock::now() + std::chrono::milliseconds(150), {}); !slept)
      FAIL(slept.error().message);
  }
}

/// A session that is not MyDBA's, asleep in a statement until it is killed.
class Stranger {
 public:
  explicit Stranger(const LiveServer& server) : handle_(mysql_init(nullptr)) {
    REQUIRE(
        mysql_real_connect(handle_, "127.0.0.1", server.profile.user->c_str(),
                           passwordOf(std::getenv(server.variable.c_str())).value_or("").c_str(),
                           nullptr, static_cast<unsigned>(*server.profile.port), nullptr, 0));
    id = std::to_string(mysql_thread_id(handle_));
    thread_ = std::thread([this] {
      mysql_query(handle_, "SELECT SLEEP(30)");
      if (MYSQL_RES* result = mysql_store_result(handle_)) mysql_free_result(result);
      connected = mysql_query(handle_, "DO 0") == 0;
    });
  }
  ~Stranger() {
    if (thread_.joinable()) thread_.join();
    mysql_close(handle_);
  }
  void wait() { thread_.join(); }

  std::string id;
  bool connected = false;

 private:
  MYSQL* handle_;
  std::thread thread_;
};

TEST_CASE("mysql: a sleeping query is seen and killed, or its session") {
  for (const auto& server : liveServers()) {
    if (server.profile.socket) continue;
    INFO(server.variable);
    const auto connection = connectTo(server);
    for (const auto kind : {protocol::KillKind::query, protocol::KillKind::connection}) {
      Stranger stranger(server);
      const auto snapshot = listUntil(*connection, [&](const auto& seen) {
        const auto* process = find(seen, stranger.id);
        return process && process->active && process->sql;
      });
      const auto* process = find(snapshot, stranger.id);
      CHECK(process->sql == "SELECT SLEEP(30)");
      CHECK_FALSE(process->own);
      CHECK_FALSE(snapshot.limitation);
      CHECK(snapshot.processes.front().active);
      const auto killed = connection->processes()->kill(stranger.id, kind, {});
      REQUIRE(killed);
      CHECK(killed->killed);
      stranger.wait();
      CHECK(stranger.connected == (kind == protocol::KillKind::query));
    }
  }
}

TEST_CASE("mysql: what must not be killed is refused") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const auto own = single(*connection, "SELECT CONNECTION_ID()");
    CHECK(find(*connection->processes()->list({}), own)->own);
    const auto refused = connection->processes()->kill(own, protocol::KillKind::query, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::refused);
    const auto gone =
        connection->processes()->kill("4294967290", protocol::KillKind::connection, {});
    REQUIRE(gone);
    CHECK_FALSE(gone->killed);
    CHECK_FALSE(connection->processes()->kill("1; DROP", protocol::KillKind::query, {}));
  }
}

TEST_CASE("mysql: who blocks whom") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto watcher = connectTo(server), holder = connectTo(server), waiter = connectTo(server);
    const LiveDatabase database(*watcher, "mydba_locks");
    must(*watcher, {"CREATE TABLE mydba_locks.t (a INT PRIMARY KEY) ENGINE=InnoDB",
                    "INSERT INTO mydba_locks.t VALUES (1)"});
    const auto holderId = single(*holder, "SELECT CONNECTION_ID()");
    const auto waiterId = single(*waiter, "SELECT CONNECTION_ID()");
    must(*holder, {"START TRANSACTION", "UPDATE mydba_locks.t SET a = 1 WHERE a = 1",
                   "DELETE FROM mydba_locks.t WHERE a = 1"});
    std::jthread thread([&] {
      Collected sink;
      static_cast<void>(waiter->run(unchecked("DELETE FROM mydba_locks.t WHERE a = 1"), sink, {}));
    });
    const auto snapshot = listUntil(*watcher, [&](const auto& seen) {
      const auto* process = find(seen, waiterId);
      return process && !process->blockedBy.empty() && find(seen, holderId)->transactionSeconds;
    });
    CHECK(find(snapshot, waiterId)->blockedBy == std::vector<std::string>{holderId});
    CHECK(find(snapshot, waiterId)->wait == "row lock");
    must(*holder, {"ROLLBACK"});
    thread.join();
  }
}

TEST_CASE("mysql: an account without PROCESS is told what it misses") {
  for (auto server : liveServers()) {
    INFO(server.variable);
    // connectTo gives the password of the URL, whoever logs in.
    const auto password = passwordOf(std::getenv(server.variable.c_str())).value_or("");
    const auto owner = connectTo(server);
    must(*owner, {"DROP USER IF EXISTS mydba_small",
                  "CREATE USER mydba_small IDENTIFIED BY '" + password + "'"});
    server.profile.user = "mydba_small";
    const auto connection = connectTo(server);
    const auto snapshot = connection->processes()->list({});
    must(*owner, {"DROP USER mydba_small"});
    REQUIRE(snapshot);
    CHECK(snapshot->processes.size() >= 1);
    REQUIRE(snapshot->limitation);
    CHECK(snapshot->limitation->find("PROCESS") != std::string::npos);
  }
}

}  // namespace
}  // namespace mydba::test
