// Against real servers: Redis and Valkey must behave alike. Database 9 is emptied and used.

#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/wait.h"
#include "engines/redis/command_line.h"
#include "native/catch.h"
#include "native/guard/unchecked.h"
#include "net/url.h"

namespace {

using mydba::CancelReason;
using mydba::CancelSource;
using mydba::CancelToken;
using mydba::ErrorCode;

struct Rows final : mydba::RowSink {
  bool begin(std::span<const mydba::protocol::Column>) override { return true; }
  bool row(std::span<const mydba::Cell> cells) override {
    rows.emplace_back(cells.back().isNull() ? "(nil)" : std::string(cells.back().text()));
    return rows.size() < most;
  }
  void end(const mydba::ResultSetEnd&) override {}
  void notice(std::string_view, std::string_view) override {}
  std::vector<std::string> rows;
  std::size_t most = 1'000'000;
};

struct Server {
  mydba::net::ConnectionUrl url;
  const mydba::Engine* engine = nullptr;

  mydba::Result<std::unique_ptr<mydba::Connection>> connect() const {
    return engine->connect(
        url.profile,
        [this](mydba::protocol::SecretKind) -> mydba::Result<std::optional<std::string>> {
          return url.password;
        },
        {});
  }
};

std::vector<Server> servers() {
  std::vector<Server> list;
  for (const char* name :
       {"MYDBA_TEST_REDIS", "MYDBA_TEST_REDIS_8", "MYDBA_TEST_VALKEY", "MYDBA_TEST_VALKEY_9"}) {
    const char* text = std::getenv(name);
    if (!text) {
      WARN("SKIPPED: " << name << " is not set");
      continue;
    }
    auto url = mydba::net::parseUrl(text);
    REQUIRE(url);
    url->profile.database = "9";
    list.push_back({*url, mydba::findEngine(url->profile.engine)});
  }
  return list;
}

std::vector<std::string> run(mydba::Connection& connection, std::string_view command) {
  Rows rows;
  auto done = connection.run(mydba::unchecked(command), rows, {});
  INFO(command);
  if (!done) FAIL(done.error().message);
  return rows.rows;
}

mydba::Error failure(mydba::Connection& connection, std::string_view command) {
  Rows rows;
  auto done = connection.run(mydba::unchecked(command), rows, {});
  INFO(command);
  REQUIRE_FALSE(done);
  return done.error();
}

/// All nodes below a path, page after page.
std::vector<mydba::protocol::TreeNode> allChildren(mydba::Connection& connection,
                                                   std::vector<std::string> path, int limit) {
  std::vector<mydba::protocol::TreeNode> nodes;
  std::optional<std::string> cursor;
  do {
    auto page = connection.catalogue()->children(path, cursor, limit, {});
    if (!page) FAIL(page.error().message);
    CHECK(page->nodes.size() <= static_cast<std::size_t>(limit));
    nodes.insert(nodes.end(), page->nodes.begin(), page->nodes.end());
    cursor = page->cursor;
  } while (cursor);
  return nodes;
}

std::unique_ptr<mydba::Connection> emptied(const Server& server) {
  auto connection = server.connect();
  if (!connection) FAIL(connection.error().message);
  run(**connection, "FLUSHDB");
  return std::move(*connection);
}

}  // namespace

TEST_CASE("a key-value server tells what it is", "[server]") {
  for (const Server& server : servers()) {
    const auto connection = emptied(server);
    CHECK(connection->server().engine == server.url.profile.engine);
    CHECK(connection->server().versionNumber >= 70000);
    CHECK(connection->server().database == "9");
    CHECK_FALSE(connection->explainer());
  }
}

TEST_CASE("commands run and errors carry their prefix", "[server]") {
  for (const Server& server : servers()) {
    const auto connection = emptied(server);
    CHECK(run(*connection, "SET k \"a b\\xff\"").at(0) == "OK");
    CHECK(run(*connection, "GET k").at(0) == "a b\\xff");
    CHECK(run(*connection, "GET nothing").at(0) == "(nil)");
    CHECK(failure(*connection, "LPUSH k 1").engineCode == "WRONGTYPE");
    CHECK(failure(*connection, "NOSUCH").code == ErrorCode::syntax);
    CHECK(failure(*connection, "GET \"k").code == ErrorCode::syntax);
    CHECK(failure(*connection, "SUBSCRIBE c").code == ErrorCode::refused);
    CHECK(failure(*connection, "monitor").code == ErrorCode::refused);
    CHECK(failure(*connection, "HELLO 3").code == ErrorCode::refused);
    CHECK(run(*connection, "COMMAND DOCS").size() > 200);
    CHECK(run(*connection, "MULTI").at(0) == "OK");
    CHECK(run(*connection, "INCR n").at(0) == "QUEUED");
    CHECK(run(*connection, "EXEC").at(0) == "1");
  }
}

TEST_CASE("a sink that wants no more leaves a usable connection", "[server]") {
  for (const Server& server : servers()) {
    const auto connection = emptied(server);
    run(*connection, "EVAL \"for i=1,20000 do redis.call('rpush','l',i) end\" 0");
    Rows few;
    few.most = 3;
    REQUIRE(connection->run(mydba::unchecked("LRANGE l 0 -1"), few, {}));
    CHECK(few.rows.size() == 3);
    CHECK(run(*connection, "LLEN l").at(0) == "20000");
  }
}

TEST_CASE("cancelling cuts a blocked command at once, and the next one runs", "[server]") {
  for (const Server& server : servers()) {
    const auto connection = emptied(server);
    const auto watcher = emptied(server);
    CancelSource source;
    mydba::Result<void> done;
    Rows rows;
    std::thread lane(
        [&] { done = connection->run(mydba::unchecked("BLPOP nothing 0"), rows, source.token()); });
    for (bool blocked = false; !blocked;) {
      auto list = watcher->processes()->list({});
      REQUIRE(list);
      for (const auto& process : list->processes) blocked = blocked || process.wait.has_value();
    }
    const auto start = mydba::Clock::now();
    source.cancel(CancelReason::user);
    lane.join();
    CHECK(mydba::Clock::now() - start < std::chrono::milliseconds(200));
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::cancelled);
    CHECK(done.error().message.find("may have executed") != std::string::npos);
    CHECK(connection->alive());
    run(*connection, "SET again 1");
    CHECK(run(*watcher, "GET again").at(0) == "1");
  }
}

TEST_CASE("processes are listed, and a connection is ended", "[server]") {
  for (const Server& server : servers()) {
    const auto connection = emptied(server);
    auto victim = emptied(server);
    const std::string id = run(*victim, "CLIENT ID").at(0);
    const auto query = connection->processes()->kill(id, mydba::protocol::KillKind::query, {});
    REQUIRE_FALSE(query);
    CHECK(query.error().code == ErrorCode::unsupported);
    const auto killed =
        connection->processes()->kill(id, mydba::protocol::KillKind::connection, {});
    REQUIRE(killed);
    CHECK(killed->killed);
    const auto again = connection->processes()->kill(id, mydba::protocol::KillKind::connection, {});
    REQUIRE(again);
    CHECK_FALSE(again->killed);
    CHECK(failure(*victim, "PING").code == ErrorCode::connectionLost);
    CHECK_FALSE(victim->alive());
    const std::string own = run(*connection, "CLIENT ID").at(0);
    CHECK(connection->processes()
              ->kill(own, mydba::protocol::KillKind::connection, {})
              .error()
              .code == ErrorCode::refused);
  }
}

TEST_CASE("a wrong and a missing password are told apart from a dead server", "[server]") {
  for (Server server : servers()) {
    if (!server.url.password) continue;
    server.url.password = "wrong";
    const auto wrong = server.connect();
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == ErrorCode::authFailed);
    CHECK(wrong.error().message.find("wrong") == std::string::npos);
    server.url.password.reset();
    const auto missing = server.connect();
    REQUIRE_FALSE(missing);
    CHECK(missing.error().engineCode == "NOAUTH");
    server.url.profile.port = 1;
    const auto dead = server.connect();
    REQUIRE_FALSE(dead);
    CHECK(dead.error().code == ErrorCode::connectFailed);
  }
}

TEST_CASE("keys are shown as a tree whose paths lead back to them", "[server]") {
  const std::vector<std::string> hostile{"plain",
                                         "user:1:name",
                                         "user:2",
                                         "user:",
                                         ":",
                                         "::",
                                         "a:*[x]?\\",
                                         "<b>\"; FLUSHALL",
                                         "\xFF\xFE:bin\x01",
                                         "\xF0\x9F\x98\x80:emoji",
                                         std::string(10'000, 'k'),
                                         "back\\x41slash",
                                         ""};
  for (const Server& server : servers()) {
    const auto connection = emptied(server);
    for (const std::string& key : hostile)
      run(*connection,
          "SET " + mydba::redis::quoteArgument(key) + " " + mydba::redis::quoteArgument("v" + key));
    std::set<std::string> found;
    std::vector<std::vector<std::string>> open{{"db9"}};
    while (!open.empty()) {
      const auto path = open.back();
      open.pop_back();
      for (const auto& node : allChildren(*connection, path, 2)) {
        if (node.children) {
          open.push_back(node.path);
          continue;
        }
        CHECK(node.detail == "string");
        auto script =
            connection->catalogue()->script(node.path, mydba::protocol::ScriptKind::preview, {});
        REQUIRE(script);
        CHECK(found.insert(run(*connection, *script).at(0)).second);
      }
    }
    std::set<std::string> expected;
    for (const std::string& key : hostile) expected.insert(mydba::redis::displayText("v" + key));
    CHECK(found == expected);
  }
}

TEST_CASE("pages of keys are complete and without repeats", "[server]") {
  for (const Server& server : servers()) {
    const auto connection = emptied(server);
    run(*connection,
        "EVAL \"for i=1,30000 do redis.call('set','g'..(i%7)..':k'..i,i) "
        "redis.call('set','flat'..i,i) end\" 0");
    std::set<std::string> names;
    for (const auto& node : allChildren(*connection, {"db9"}, 1000)) {
      CHECK(names.insert(node.name).second);
      if (node.name == "g0:") CHECK(node.children);
    }
    CHECK(names.size() == 30'007);
    CHECK(allChildren(*connection, {"db9", "g0:"}, 1000).size() == 30'000 / 7);
    auto first = connection->catalogue()->children(std::vector<std::string>{"db9"}, {}, 10, {});
    REQUIRE(first);
    REQUIRE(first->cursor);
    const std::vector<std::string> path{"db9"};
    REQUIRE(connection->catalogue()->children(path, first->cursor, 10, {}));
    const auto stale = connection->catalogue()->children(path, first->cursor, 10, {});
    REQUIRE_FALSE(stale);
    CHECK(stale.error().code == ErrorCode::invalidParams);
    const auto search = connection->catalogue()->search("FLAT299", 50, {});
    REQUIRE(search);
    REQUIRE(search->nodes.size() == 50);
    CHECK(search->nodes[0].name.starts_with("flat299"));
    run(*connection, "FLUSHDB");
  }
}

TEST_CASE("a read-only session runs only what reads", "[server]") {
  for (Server server : servers()) {
    server.url.profile.readOnly = true;
    auto connection = server.connect();
    REQUIRE(connection);
    run(**connection, "GET x");
    run(**connection, "HGETALL x");
    run(**connection, "CONFIG GET maxmemory");
    for (const char* write : {"SET a 1", "FLUSHALL", "EVAL \"return 1\" 0", "CONFIG SET timeout 0",
                              "DEBUG SLEEP 0", "CLIENT KILL ID 1", "NOSUCH", "SHUTDOWN"})
      CHECK(failure(**connection, write).code == ErrorCode::refused);
  }
}
