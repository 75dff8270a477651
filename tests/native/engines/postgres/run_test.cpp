#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <thread>

#include "base/wait.h"
#include "native/engines/postgres/live.h"
#include "native/guard/unchecked.h"

using namespace mydba;
using namespace mydba::test;
using namespace std::chrono_literals;

namespace {

/// Runs `sql` on a thread, cancels it once the server shows it as active, and returns what it said.
Result<void> cancelRunning(Connection& connection, Connection& watcher, const std::string& pid,
                           std::string_view sql, CancelReason reason) {
  CancelSource source;
  CollectingSink sink;
  auto running = std::async(std::launch::async,
                            [&] { return connection.run(unchecked(sql), sink, source.token()); });
  while (valueOf(watcher,
                 "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid = " + pid) ==
         "0") {
  }
  source.cancel(reason);
  return running.get();
}

}  // namespace

TEST_CASE("postgres: columns, NULLs and hostile values arrive as text", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  REQUIRE(connection);
  CHECK((*connection)->server().flavour == "PostgreSQL");
  CHECK((*connection)->server().versionNumber >= 140000);
  const auto sink = runOn(
      **connection,
      "SELECT 1 AS \"<b>\", NULL::text AS \"\"\"; DROP TABLE x; --\", 'كتاب 🎉 日本'::varchar(20), "
      "12.50::numeric(10,2), true, '\\x00ff'::bytea, ARRAY[1,2], '', now()::timestamptz, "
      "'{}'::jsonb");
  REQUIRE(sink.columns.size() == 10);
  CHECK(sink.columns[0].name == "<b>");
  CHECK(sink.columns[0].type == "integer");
  CHECK(sink.columns[0].kind == protocol::ColumnKind::number);
  CHECK(sink.columns[1].name == "\"; DROP TABLE x; --");
  CHECK(sink.columns[2].type == "character varying(20)");
  CHECK(sink.columns[3].type == "numeric(10,2)");
  CHECK(sink.columns[5].kind == protocol::ColumnKind::binary);
  CHECK(sink.columns[6].type == "integer[]");
  CHECK(sink.columns[8].kind == protocol::ColumnKind::time);
  CHECK(sink.columns[9].kind == protocol::ColumnKind::json);
  const auto& row = sink.rows.at(0);
  CHECK(row[0] == "1");
  CHECK(row[1] == std::nullopt);
  CHECK(row[2] == "كتاب 🎉 日本");
  CHECK(row[3] == "12.50");
  CHECK(row[5] == "\\x00ff");
  CHECK(row[7] == "");
  REQUIRE(sink.ends.size() == 1);
  CHECK(sink.ends[0].command == "SELECT");
  CHECK_FALSE(sink.ends[0].affected);
}

TEST_CASE("postgres: statements without rows, tags, notices and user types", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  REQUIRE(connection);
  auto& c = **connection;
  CHECK(runOn(c, "CREATE TEMP TABLE t (a int PRIMARY KEY)").ends[0].command == "CREATE TABLE");
  CHECK(runOn(c, "INSERT INTO t VALUES (1), (2), (3)").ends[0].affected == 3);
  CHECK(runOn(c, "UPDATE t SET a = a + 10 WHERE a > 1").ends[0].affected == 2);
  CHECK(runOn(c, "-- nothing").ends.size() == 1);
  CHECK(runOn(c, "DROP TABLE IF EXISTS pg_temp.absent").notices.size() == 1);
  CHECK(runOn(c, "SHOW server_version").rows.size() == 1);
  runOn(c, "CREATE TYPE pg_temp.mood AS ENUM ('sad', 'happy')");
  runOn(c, "SELECT 'sad'::pg_temp.mood");  // the OID is unknown, so the names are read again
  CHECK(runOn(c, "SELECT 'sad'::pg_temp.mood").columns[0].type.find("mood") != std::string::npos);
}

TEST_CASE("postgres: errors carry SQLSTATE, detail and a byte offset", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  REQUIRE(connection);
  auto& c = **connection;
  CollectingSink sink;
  const std::string text = "SELECT '日本 🎉', nope";
  auto failed = c.run(unchecked(text), sink, {});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().engineCode == "42703");
  REQUIRE(failed.error().position);
  CHECK(text.substr(static_cast<std::size_t>(*failed.error().position)) == "nope");

  failed = c.run(unchecked("SELEC 1"), sink, {});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == ErrorCode::syntax);
  failed = c.run(unchecked("SELECT 1; SELECT 2"), sink, {});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().engineCode == "42601");
  CHECK_FALSE(c.run(unchecked(std::string_view("SELECT 1\0", 9)), sink, {}));

  runOn(c, "CREATE TEMP TABLE u (a int PRIMARY KEY)");
  runOn(c, "INSERT INTO u VALUES (1)");
  failed = c.run(unchecked("INSERT INTO u VALUES (1)"), sink, {});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().message.find("Key (a)=(1)") != std::string::npos);
  for (const char* copy : {"COPY u TO STDOUT", "COPY u FROM STDIN"}) {
    failed = c.run(unchecked(copy), sink, {});
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == ErrorCode::unsupported);
    CHECK(valueOf(c, "SELECT count(*) FROM u") == "1");
  }
}

TEST_CASE("postgres: a sink that has enough ends the statement on the server", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  REQUIRE(connection);
  auto& c = **connection;
  CollectingSink sink;
  sink.most = 5;
  const std::string endless = "SELECT generate_series(1, 1000000000000)";
  SECTION("and leaves the connection usable") {
    REQUIRE(c.run(unchecked(endless), sink, {}));
    CHECK(sink.rows.size() == 5);
    CHECK(valueOf(c, "SELECT 7") == "7");
  }
  SECTION("without failing the open transaction") {
    runOn(c, "BEGIN");
    runOn(c, "CREATE TEMP TABLE kept (a int)");
    REQUIRE(c.run(unchecked(endless), sink, {}));
    CHECK(valueOf(c, "SELECT count(*) FROM kept") == "0");
    runOn(c, "COMMIT");
    CHECK(valueOf(c, "SELECT count(*) FROM kept") == "0");
  }
  SECTION("but never undoes a data change") {
    runOn(c, "CREATE TEMP TABLE filled (a int)");
    REQUIRE(c.run(unchecked("INSERT INTO filled SELECT generate_series(1, 1000) RETURNING a"), sink,
                  {}));
    CHECK(sink.rows.size() == 5);
    CHECK(valueOf(c, "SELECT count(*) FROM filled") == "1000");
  }
}

TEST_CASE("postgres: cancelling ends the statement and keeps the connection", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  auto watcher = connectTo(profile);
  REQUIRE(connection);
  REQUIRE(watcher);
  const auto pid = valueOf(**connection, "SELECT pg_backend_pid()");
  auto ended =
      cancelRunning(**connection, **watcher, pid, "SELECT pg_sleep(100)", CancelReason::user);
  REQUIRE_FALSE(ended);
  CHECK(ended.error().code == ErrorCode::cancelled);
  ended =
      cancelRunning(**connection, **watcher, pid, "SELECT pg_sleep(100)", CancelReason::timeout);
  REQUIRE_FALSE(ended);
  CHECK(ended.error().code == ErrorCode::timeout);
  CHECK(valueOf(**connection, "SELECT 1") == "1");
  CHECK((*connection)->alive());

  // While rows arrive.
  CancelSource source;
  CollectingSink sink;
  sink.onRow = [&] {
    if (sink.rows.size() == 1000) source.cancel(CancelReason::user);
  };
  ended =
      (*connection)->run(unchecked("SELECT generate_series(1, 100000000)"), sink, source.token());
  REQUIRE_FALSE(ended);
  CHECK(ended.error().code == ErrorCode::cancelled);
  CHECK(valueOf(**connection, "SELECT 2") == "2");
}

TEST_CASE("postgres: a server killed in the middle of a query is a lost connection", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  auto killer = connectTo(profile);
  REQUIRE(connection);
  REQUIRE(killer);
  const auto pid = valueOf(**connection, "SELECT pg_backend_pid()");
  CollectingSink sink;
  sink.onRow = [&] {
    if (sink.rows.size() == 1) runOn(**killer, "SELECT pg_terminate_backend(" + pid + ")");
  };
  const auto ended =
      (*connection)->run(unchecked("SELECT generate_series(1, 100000000)"), sink, {});
  REQUIRE_FALSE(ended);
  CHECK(ended.error().code == ErrorCode::connectionLost);
  CHECK_FALSE((*connection)->alive());
  const auto later = (*connection)->run(unchecked("SELECT 1"), sink, {});
  REQUIRE_FALSE(later);
  CHECK(later.error().code == ErrorCode::connectionLost);
}

TEST_CASE("postgres: a stopped server holds nobody beyond the grace", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  REQUIRE(connection);
  const auto pid = static_cast<pid_t>(std::stol(valueOf(**connection, "SELECT pg_backend_pid()")));
  if (::kill(pid, 0) != 0) {
    WARN("SKIPPED: the server's processes are not ours to stop");
    return;
  }
  CancelSource source;
  CollectingSink sink;
  sink.onRow = [&] {
    if (sink.rows.size() != 1) return;
    ::kill(pid, SIGSTOP);
    source.cancel(CancelReason::user);
  };
  const auto start = Clock::now();
  const auto ended =
      (*connection)->run(unchecked("SELECT generate_series(1, 100000000)"), sink, source.token());
  connection->reset();
  const auto took = Clock::now() - start;
  ::kill(pid, SIGCONT);
  REQUIRE_FALSE(ended);
  CHECK(ended.error().code == ErrorCode::cancelled);
  CHECK(took < cancelGrace + 1s);
}
