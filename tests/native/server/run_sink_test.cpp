#include "server/run_sink.h"

#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/thread_group.h"
#include "native/catch.h"
#include "rpc/framing.h"
#include "rpc/outbox.h"

namespace mydba::server {
namespace {

using protocol::Truncated;

const std::vector<protocol::Column> columns = {
    {.name = "n", .type = "int", .kind = protocol::ColumnKind::number},
    {.name = "t", .type = "text", .kind = protocol::ColumnKind::text}};

/// A run against a client that is this test: what the outbox wrote is read back from a file.
class Run {
 public:
  explicit Run(RunSinkOptions options, std::int64_t credit)
      : file_(std::tmpfile()),
        outbox_(std::make_unique<rpc::Outbox>(::fileno(file_))),
        state(*outbox_, "s", credit, false),
        stream_(state, false, false),
        lane(std::make_unique<Lane>(threads_, false)),
        sink(options, results, stream_, *lane, cancel) {}
  ~Run() {
    lane.reset();
    CHECK(threads_.waitUntilIdle(Clock::now() + std::chrono::seconds(10)));
    std::fclose(file_);
  }

  /// One statement of `rows` rows, as a connection reports them; the rows taken.
  int statement(int rows, Result<void> outcome = {}) {
    sink.startStatement(0, "SELECT 1");
    int taken = 0;
    if (sink.begin(columns)) {
      const std::string text(1000, 'x');
      while (taken < rows) {
        const std::string number = std::to_string(taken);
        const Cell cells[] = {Cell::of(number), Cell::of(text)};
        if (!sink.row(cells)) break;
        ++taken;
      }
      if (outcome) sink.end({.affected = {}, .command = "SELECT"});
    }
    outcome_ = sink.endStatement(outcome);
    return taken;
  }

  /// Everything that was sent: items, and "frame <first> <rows>" for frames.
  std::vector<std::string> sent() {
    outbox_.reset();
    std::vector<std::string> messages;
    std::rewind(file_);
    std::string bytes;
    char part[65536];
    for (std::size_t n = 0; (n = std::fread(part, 1, sizeof part, file_)) > 0;)
      bytes.append(part, n);
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t body = bytes.find("\r\n\r\n", at) + 4;
      const std::string head = bytes.substr(at, body - at);
      const std::size_t size = std::stoul(head.substr(head.find("Content-Length: ") + 16));
      messages.push_back(describe(bytes.substr(body, size)));
      at = body + size;
    }
    return messages;
  }

  Result<void> outcome() const { return outcome_; }

 private:
  static std::string describe(const std::string& body) {
    if (body.starts_with("MDR1")) {
      const auto frame = result::RowFrameReader::open(body);
      REQUIRE(frame);
      return "frame " + std::to_string(frame->firstRow()) + "+" + std::to_string(frame->rowCount());
    }
    const auto json = rpc::parseJson(body);
    REQUIRE(json);
    const rpc::Json& item = (*json)["params"]["item"];
    std::string text = item["kind"].get<std::string>();
    if (item.contains("rows")) text += " " + std::to_string(item["rows"].get<int>());
    if (item.contains("truncated")) text += " " + item["truncated"].get<std::string>();
    return text;
  }

  std::FILE* const file_;
  std::unique_ptr<rpc::Outbox> outbox_;
  ThreadGroup threads_;
  Result<void> outcome_;

 public:
  rpc::StreamState state;
  result::ResultStore results;
  CancelSource cancel;

 private:
  Stream<protocol::RunEvent> stream_;

 public:
  std::unique_ptr<Lane> lane;
  RunSink sink;
};

using Messages = std::vector<std::string>;

/// Waits until a result of the run has rows.
std::shared_ptr<result::OpenResult> waitForRows(Run& run) {
  for (;;) {
    if (auto found = run.results.find("r1"); found && (*found)->spool().rows() > 0) return *found;
    std::this_thread::yield();
  }
}

TEST_CASE("rows travel between the events of their result set") {
  Run run({}, 100);
  CHECK(run.statement(60) == 60);
  CHECK(run.outcome());
  CHECK(run.sink.totalRows() == 60);
  const auto sent = run.sent();
  REQUIRE(sent.size() >= 4);
  CHECK(sent.front() == "resultSet");
  CHECK(sent[1].starts_with("frame 0+"));
  CHECK(sent.back() == "resultSetEnd 60");
}

TEST_CASE("the limit cuts a result set only when it has more rows") {
  Run exact({.limit = 10}, 100);
  CHECK(exact.statement(10) == 10);
  CHECK(exact.sent().back() == "resultSetEnd 10");
  Run more({.limit = 10}, 100);
  CHECK(more.statement(11) == 10);
  CHECK_FALSE(more.sink.stopped());
  CHECK(more.sent().back() == "resultSetEnd 10 limit");
}

TEST_CASE("without a spool a run waits for credit") {
  Run run({}, 1);
  std::thread client([&] {
    // More than the run needs; it cannot end without.
    for (int i = 0; i < 10; ++i) run.state.grant(1);
  });
  CHECK(run.statement(1000) == 1000);
  client.join();
  CHECK(run.sent().back() == "resultSetEnd 1000");
}

TEST_CASE("a spooled run that nobody gives credit ends as paused, its rows are kept") {
  Run run({.spool = true, .patience = std::chrono::milliseconds(1)}, 1);
  const int taken = run.statement(100'000);
  CHECK(taken < 1000);
  CHECK(run.sink.stopped());
  const auto result = *run.results.find("r1");
  CHECK(result->spool().rows() == static_cast<std::uint64_t>(run.sink.totalRows()));
  const auto sent = run.sent();
  CHECK(sent.size() == 3);
  CHECK(sent.back().ends_with("paused"));
}

TEST_CASE("readAll lets a paused run go on into the spool only") {
  Run run({.spool = true}, 0);
  std::thread client([&] { waitForRows(run)->readAll(); });
  CHECK(run.statement(20'000) == 20'000);
  client.join();
  const auto result = *run.results.find("r1");
  CHECK(result->spool().rows() == 20'000);
  CHECK(result->spool().cell(19'999, 0)->text == "19999");
  const auto sent = run.sent();
  CHECK(sent[1].starts_with("progress"));
  CHECK(sent.back() == "resultSetEnd 20000");
  for (const std::string& message : sent) CHECK_FALSE(message.starts_with("frame"));
}

TEST_CASE("credit lets a paused run go on") {
  Run run({.spool = true}, 0);
  std::thread client([&] {
    waitForRows(run);
    run.state.grant(1000);
  });
  CHECK(run.statement(5000) == 5000);
  client.join();
  const auto sent = run.sent();
  CHECK(sent[1].starts_with("frame 0+"));
  CHECK(sent.back() == "resultSetEnd 5000");
}

TEST_CASE("closing the result of a paused run ends it and forgets the rows") {
  Run run({.spool = true}, 0);
  std::thread client([&] {
    waitForRows(run);
    run.results.close("r1");
  });
  CHECK(run.statement(100'000) < 1000);
  client.join();
  CHECK(run.outcome());
  CHECK(run.sink.stopped());
  CHECK(run.cancel.token().cancelled());
  CHECK_FALSE(run.results.find("r1"));
  CHECK(run.sent().back().ends_with("closed"));
}

TEST_CASE("closing the result of a statement that is cancelled by it is not a failure") {
  Run run({.spool = true}, 1000);
  run.sink.startStatement(0, "SELECT pg_sleep(100)");
  REQUIRE(run.sink.begin(columns));
  run.results.close("r1");
  CHECK(run.sink.endStatement(run.cancel.token().error()));
  CHECK(run.sent() == Messages{"resultSet", "resultSetEnd 0 closed"});
}

TEST_CASE("another job for the lane supersedes a paused run") {
  Run run({.spool = true}, 0);
  std::thread client([&] {
    waitForRows(run);
    run.lane->post([] {});
  });
  // The statement does not run on the lane here, so the posted job may start and end before the
  // run looks; posting again and again is what a client that wants the session does.
  std::atomic<bool> done = false;
  std::thread impatient([&] {
    while (!done) run.lane->post([] {});
  });
  CHECK(run.statement(100'000) < 1000);
  done = true;
  client.join();
  impatient.join();
  CHECK(run.sent().back().ends_with("superseded"));
}

TEST_CASE("what was read before an error is shown") {
  Run run({.spool = true}, 1000);
  const Error error{.code = ErrorCode::server, .message = "division by zero"};
  CHECK(run.statement(10, error) == 10);
  REQUIRE_FALSE(run.outcome());
  CHECK(run.outcome().error().message == "division by zero");
  CHECK(run.sent() == Messages{"resultSet", "frame 0+10", "resultSetEnd 10"});
}

TEST_CASE("the end of a spooled result set does not wait for credit") {
  Run run({.spool = true}, 0);
  CHECK(run.statement(10) == 10);
  CHECK((*run.results.find("r1"))->spool().rows() == 10);
  CHECK(run.sent() == Messages{"resultSet", "resultSetEnd 10"});
}

TEST_CASE("a spool that cannot be made is an error of the statement") {
  ::setenv("TMPDIR", "/nonexistent/mydba", 1);
  Run run({.spool = true}, 10);
  CHECK(run.statement(10) == 0);
  ::unsetenv("TMPDIR");
  REQUIRE_FALSE(run.outcome());
  CHECK(run.outcome().error().code == ErrorCode::io);
  CHECK(run.sent().empty());
}

TEST_CASE("a cancelled stream ends the run") {
  Run run({}, 0);
  run.state.close();
  CHECK(run.statement(100'000) < 1000);
}

}  // namespace
}  // namespace mydba::server
