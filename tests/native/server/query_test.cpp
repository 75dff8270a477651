// query/run and result/* over the wire, on a real PostgreSQL: what a client sends and gets.

#include <fcntl.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/log.h"
#include "base/mutex.h"
#include "base/trace.h"
#include "native/catch.h"
#include "native/engines/postgres/live.h"
#include "result/row_frame.h"
#include "rpc/framing.h"
#include "server/server.h"

namespace mydba::server {
namespace {

/// A client of a server in this process, with a session named "test".
class Client {
 public:
  Client() {
    REQUIRE(::pipe(pipe_) == 0);
    outbox_ = std::make_unique<rpc::Outbox>(pipe_[1]);
    server_ = std::make_unique<Server>(*outbox_, log_, trace_, ServerOptions{});
    reader_ = std::thread([this] { read(); });
    const auto profile = *test::postgresProfile();
    auto connection = test::connectTo(profile);
    REQUIRE(connection);
    server_->keepSession(
        "test", server_->makeSession(profile, *findEngine("postgres"), std::move(*connection)));
  }
  ~Client() {
    CHECK(server_->shutdown(std::chrono::seconds(10)));
    server_.reset();
    outbox_.reset();
    ::close(pipe_[1]);
    reader_.join();
    ::close(pipe_[0]);
  }

  int send(const std::string& method, rpc::Json params) {
    server_->receive(rpc::writeJson({{"jsonrpc", "2.0"},
                                     {"id", ++lastId_},
                                     {"method", method},
                                     {"params", std::move(params)}}));
    return lastId_;
  }
  /// Sends and waits for the answer: its result, or its error.
  rpc::Json ask(const std::string& method, rpc::Json params) {
    return answer(send(method, std::move(params)));
  }
  rpc::Json answer(int id) {
    const rpc::Json message = wait([id](const rpc::Json& m) { return m.value("id", 0) == id; });
    return message.contains("result") ? message["result"] : message["error"];
  }
  /// The first item of a kind on a stream.
  rpc::Json item(const std::string& stream, const std::string& kind) {
    return wait([&](const rpc::Json& m) {
      return m.value("method", "") == "$/stream" && m["params"]["id"] == stream &&
             m["params"]["item"]["kind"] == kind;
    })["params"]["item"];
  }
  /// First cells of all rows that came in frames, and forgets them.
  std::vector<std::string> takeRows() {
    MutexLock lock(mutex_);
    return std::exchange(rows_, {});
  }

 private:
  rpc::Json wait(const std::function<bool(const rpc::Json&)>& wanted) {
    const auto deadline = Clock::now() + std::chrono::seconds(30);
    MutexLock lock(mutex_);
    for (;;) {
      agree();
      for (const rpc::Json& message : messages_)
        if (wanted(message)) return message;
      if (!arrived_.waitUntil(lock, deadline) && Clock::now() >= deadline) break;
    }
    FAIL("the helper did not send what the test waits for");
    return {};
  }

  /// Confirms whatever the server has asked about.
  void agree() MYDBA_REQUIRES(mutex_) {
    for (rpc::Json& message : messages_)
      if (message.value("method", "") == "host/confirm")
        server_->receive(rpc::writeJson({{"jsonrpc", "2.0"},
                                         {"id", std::exchange(message, rpc::Json::object())["id"]},
                                         {"result", {{"choice", "run"}}}}));
  }

  void read() {
    rpc::FrameReader frames;
    char bytes[65536];
    for (ssize_t n = 0; (n = ::read(pipe_[0], bytes, sizeof bytes)) > 0;) {
      frames.feed({bytes, static_cast<std::size_t>(n)});
      while (const auto incoming = frames.next()) keep(incoming->body);
    }
  }

  void keep(const std::string& body) {
    MutexLock lock(mutex_);
    if (const auto frame = result::RowFrameReader::open(body)) {
      std::vector<Cell> cells;
      for (std::uint32_t i = 0; i < frame->rowCount(); ++i)
        if (frame->row(i, cells)) rows_.emplace_back(cells[0].text());
    } else if (auto message = rpc::parseJson(body)) {
      messages_.push_back(std::move(*message));
    }
    arrived_.notifyAll();
  }

  int pipe_[2] = {-1, -1};
  Log log_{LogLevel::error};
  Trace trace_{""};
  std::unique_ptr<rpc::Outbox> outbox_;
  std::unique_ptr<Server> server_;
  std::thread reader_;
  int lastId_ = 0;
  Mutex mutex_;
  Condition arrived_;
  std::vector<rpc::Json> messages_ MYDBA_GUARDED_BY(mutex_);
  std::vector<std::string> rows_ MYDBA_GUARDED_BY(mutex_);
};

rpc::Json run(const std::string& stream, const std::string& sql, bool spool) {
  return {{"sessionId", "test"},
          {"sql", sql},
          {"spool", spool},
          {"stream", {{"id", stream}, {"credit", 100}}}};
}

bool withoutServer() {
  if (std::getenv("MYDBA_TEST_POSTGRES")) return false;
  WARN("SKIPPED: MYDBA_TEST_POSTGRES is not set");
  return true;
}

using Rows = std::vector<std::string>;

TEST_CASE("statements run one after the other until one fails; its position is in the whole text") {
  if (withoutServer()) return;
  Client client;
  const std::string sql = "SELECT 1; SELECT 'ä';\n SELECT * FROM nope; SELECT 4";
  const rpc::Json error = client.ask("query/run", run("a", sql, false));
  CHECK(error["data"]["position"] == sql.find("nope"));
  CHECK(client.takeRows() == Rows{"1", "ä"});
}

TEST_CASE("a spooled result is sorted, filtered and read again until it is closed") {
  if (withoutServer()) return;
  Client client;
  const rpc::Json ran =
      client.ask("query/run", run("a", "SELECT i FROM generate_series(1, 2000) AS t(i)", true));
  CHECK(ran["rows"] == 2000);
  const rpc::Json id = client.item("a", "resultSet")["resultId"];
  client.takeRows();
  const auto window = [&](const rpc::Json& view, int first, int count) {
    rpc::Json params = {{"resultId", id},
                        {"first", first},
                        {"count", count},
                        {"stream", {{"id", "w"}, {"credit", 10}}}};
    if (!view.is_null()) params["viewId"] = view;
    return client.ask("result/rows", std::move(params));
  };
  CHECK(window(nullptr, 1998, 10)["count"] == 2);
  CHECK(client.takeRows() == Rows{"1999", "2000"});
  const rpc::Json view =
      client.ask("result/view", {{"resultId", id},
                                 {"sort", {{{"column", 0}, {"descending", true}}}},
                                 {"filters", {{{"column", 0}, {"op", "less"}, {"value", "1000"}}}},
                                 {"stream", {{"id", "v"}, {"credit", 10}}}});
  CHECK(view["rows"] == 999);
  window(view["viewId"], 0, 2);
  CHECK(client.takeRows() == Rows{"999", "998"});
  const rpc::Json cell = {
      {"resultId", id}, {"viewId", view["viewId"]}, {"row", 998}, {"column", 0}};
  CHECK(client.ask("result/cell", cell)["text"] == "1");
  client.ask("result/close", {{"resultId", id}});
  CHECK(client.ask("result/cell", cell)["data"]["code"] == "invalidParams");
}

TEST_CASE("closing a result ends its statement on the server") {
  if (withoutServer()) return;
  Client client;
  const int id = client.send(
      "query/run",
      run("a",
          // Rows of more than 8 KiB: the server keeps smaller ones until that much is there.
          "SELECT i, repeat('x', 9000), pg_sleep(0.2) "
          "FROM generate_series(1, 100000) AS closed_early(i)",
          true));
  const rpc::Json resultId = client.item("a", "resultSet")["resultId"];
  client.ask("result/close", {{"resultId", resultId}});
  CHECK(client.answer(id)["resultSets"] == 1);
  CHECK(client.item("a", "resultSetEnd")["truncated"] == "closed");
  client.takeRows();
  // The session is free and its statement is gone from the process list.
  client.ask("query/run", run("b",
                              "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND "
                              "query LIKE '%AS closed_early%' AND pid <> pg_backend_pid()",
                              false));
  CHECK(client.takeRows() == Rows{"0"});
}

}  // namespace
}  // namespace mydba::server
