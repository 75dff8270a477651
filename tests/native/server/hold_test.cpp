// A transaction that a run left open is rolled back by itself. The rest of holding is shown over
// the wire, in tests/server/guard.test.mjs.

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <string>

#include "base/log.h"
#include "base/trace.h"
#include "base/wait.h"
#include "native/catch.h"
#include "native/guard/unchecked.h"
#include "server/server.h"

namespace mydba::server {
namespace {

namespace fs = std::filesystem;

/// Keeps the number in the last cell.
class Number final : public RowSink {
 public:
  bool begin(std::span<const protocol::Column>) override { return true; }
  bool row(std::span<const Cell> cells) override {
    value = std::stoi(std::string(cells.back().text()));
    return true;
  }
  void end(const ResultSetEnd&) override {}
  void notice(std::string_view, std::string_view) override {}
  int value = -1;
};

/// A session on a new SQLite file.
class Fixture {
 public:
  Fixture() : null_(::open("/dev/null", O_WRONLY | O_CLOEXEC)), outbox_(null_) {
    std::string name = (fs::temp_directory_path() / "mydba-hold-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    protocol::ConnectionProfile profile{.engine = "sqlite", .path = name + "/t.db"};
    profile.options = std::vector<protocol::NamedValue>{{.name = "mode", .value = "rwc"}};
    const Engine& engine = *findEngine("sqlite");
    auto connection = engine.connect(profile, {}, {});
    REQUIRE(connection);
    session = server_.makeSession(profile, engine, std::move(*connection));
  }
  ~Fixture() {
    session.reset();
    CHECK(server_.shutdown(std::chrono::seconds(10)));
    fs::remove_all(folder_);
    ::close(null_);
  }

  Timer& timer() { return server_.timer(); }
  /// Runs a job on the session's lane and waits for it.
  void onLane(const std::function<void(Connection&)>& job) {
    std::promise<void> done;
    auto waited = done.get_future();
    session->lane(LaneKind::user).post([&] {
      job(**session->connection(LaneKind::user, {}));
      done.set_value();
    });
    REQUIRE(waited.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
  }
  int run(Connection& connection, std::string_view sql) {
    Number number;
    CHECK(connection.run(unchecked(sql), number, {}));
    return number.value;
  }

  std::shared_ptr<Session> session;

 private:
  int null_;
  fs::path folder_;
  Log log_{LogLevel::error};
  Trace trace_{""};
  rpc::Outbox outbox_;
  Server server_{outbox_, log_, trace_, ServerOptions{}};
};

}  // namespace

TEST_CASE("a held transaction is rolled back when its time is over, and can then not be ended") {
  Fixture on;
  on.onLane([&](Connection& connection) {
    on.run(connection, "CREATE TABLE t (a)");
    REQUIRE(connection.transactions()->begin({}));
    on.session->hold(on.timer(), std::chrono::milliseconds(20));
    on.run(connection, "INSERT INTO t VALUES (1)");
    CHECK(on.run(connection, "SELECT count(*) FROM t") == 1);
    CHECK(on.session->heldSince(1).rollbackInMs <= 20);
  });
  bool held = true;
  for (const auto until = Clock::now() + std::chrono::seconds(10); held && Clock::now() < until;)
    on.onLane([&](Connection&) { held = on.session->held(); });
  CHECK_FALSE(held);
  on.onLane([&](Connection& connection) {
    CHECK_FALSE(connection.transactions()->open());
    CHECK(on.run(connection, "SELECT count(*) FROM t") == 0);
    CHECK(on.session->endHeld(/*commit=*/true, {}).error().code == ErrorCode::refused);
  });
}

TEST_CASE("the time of one held transaction does not end the next") {
  Fixture on;
  on.onLane([&](Connection& connection) {
    on.run(connection, "CREATE TABLE t (a)");
    REQUIRE(connection.transactions()->begin({}));
    on.session->hold(on.timer(), std::chrono::milliseconds(1));
    REQUIRE(on.session->endHeld(/*commit=*/true, {}));
    REQUIRE(connection.transactions()->begin({}));
    on.session->hold(on.timer());
  });
  // A timer of after the first one's.
  std::promise<void> later;
  on.timer().at(Clock::now() + std::chrono::milliseconds(20), [&] { later.set_value(); });
  REQUIRE(later.get_future().wait_for(std::chrono::seconds(10)) == std::future_status::ready);
  on.onLane([&](Connection&) {
    CHECK(on.session->held());
    CHECK(on.session->endHeld(/*commit=*/false, {}));
  });
}

}  // namespace mydba::server
