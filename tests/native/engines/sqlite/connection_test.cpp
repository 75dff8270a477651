// What is SQLite's own: files, locks, types. The contract test has what all engines share.

#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "engines/engine.h"
#include "engines/sqlite/handle.h"
#include "native/catch.h"
#include "native/guard/unchecked.h"

using namespace mydba;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// A folder of its own that disappears.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "mydba-sqlite-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

/// Keeps all rows as text, `NULL` for NULL.
class Keeper final : public RowSink {
 public:
  bool begin(std::span<const protocol::Column> description) override {
    columns.assign(description.begin(), description.end());
    return true;
  }
  bool row(std::span<const Cell> cells) override {
    auto& texts = rows.emplace_back();
    for (const Cell& cell : cells) texts.emplace_back(cell.isNull() ? "NULL" : cell.text());
    return true;
  }
  void end(const ResultSetEnd& result) override { ended = result; }
  void notice(std::string_view, std::string_view) override {}

  std::vector<protocol::Column> columns;
  std::vector<std::vector<std::string>> rows;
  ResultSetEnd ended;
};

Result<std::unique_ptr<Connection>> open(const std::string& path, bool readOnly = false,
                                         bool create = false) {
  protocol::ConnectionProfile profile;
  profile.engine = "sqlite";
  profile.path = path;
  profile.readOnly = readOnly;
  if (create) profile.options = std::vector<protocol::NamedValue>{{.name = "mode", .value = "rwc"}};
  return findEngine("sqlite")->connect(profile, {}, {});
}

std::unique_ptr<Connection> created(const std::string& path) {
  auto connection = open(path, false, true);
  REQUIRE(connection);
  return std::move(*connection);
}

Keeper run(Connection& connection, std::string_view sql) {
  Keeper sink;
  INFO(sql);
  const auto done = connection.run(unchecked(sql), sink, {});
  if (!done) FAIL(done.error().message);
  return sink;
}

Error failed(Connection& connection, std::string_view sql) {
  Keeper sink;
  const auto done = connection.run(unchecked(sql), sink, {});
  REQUIRE_FALSE(done);
  return done.error();
}

std::vector<std::string> names(const TreePage& page) {
  std::vector<std::string> list;
  for (const auto& node : page.nodes) list.push_back(node.name);
  return list;
}

TreePage children(Connection& connection, std::vector<std::string> path, int limit = 100,
                  std::optional<std::string> cursor = {}) {
  auto page = connection.catalogue()->children(path, cursor, limit, {});
  if (!page) FAIL(page.error().message);
  return std::move(*page);
}

}  // namespace

TEST_CASE("sqlite: a missing file is an error and stays missing", "[sqlite]") {
  const Folder folder;
  const auto missing = open(folder.file("none.db"));
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::connectFailed);
  CHECK(missing.error().hint.find("mode=rwc") != std::string::npos);
  CHECK_FALSE(fs::exists(folder.file("none.db")));
  CHECK_FALSE(open(folder.file("none.db"), true, true));
  CHECK_FALSE(open(folder.file("")));
  run(*created(folder.file("none.db")), "create table t (a)");
  CHECK(fs::exists(folder.file("none.db")));
}

TEST_CASE("sqlite: a file that is no database, or a damaged one, says so", "[sqlite]") {
  const Folder folder;
  std::ofstream(folder.file("text.db")) << std::string(5000, 'x');
  const auto text = open(folder.file("text.db"));
  REQUIRE_FALSE(text);
  CHECK(text.error().code == ErrorCode::connectFailed);
  CHECK(text.error().engineCode == std::to_string(SQLITE_NOTADB));

  const std::string path = folder.file("damaged.db");
  run(*created(path),
      "create table t as with recursive d(i) as (select 1 union all select i + 1 "
      "from d where i < 5000) select i, 'some text ' || i as b from d");
  {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(4096);
    file << std::string(8192, '\xFF');
  }
  auto damaged = open(path);
  REQUIRE(damaged);
  const Error error = failed(**damaged, "select * from t");
  CHECK(error.code == ErrorCode::server);
  CHECK(error.engineCode.find(std::to_string(SQLITE_CORRUPT)) == 0);
}

TEST_CASE("sqlite: read-only is read-only, and reaches no other file", "[sqlite]") {
  const Folder folder;
  run(*created(folder.file("a.db")), "create table t (a)");
  run(*created(folder.file("b.db")), "create table u (a)");
  auto connection = open(folder.file("a.db"), true);
  REQUIRE(connection);
  CHECK(failed(**connection, "insert into t values (1)").code == ErrorCode::refused);
  CHECK(failed(**connection, "attach '" + folder.file("b.db") + "' as b").code ==
        ErrorCode::refused);
  CHECK(failed(**connection, "vacuum into '" + folder.file("c.db") + "'").code ==
        ErrorCode::refused);
  CHECK_FALSE(std::filesystem::exists(folder.file("c.db")));
  CHECK(run(**connection, "pragma table_info(t)").rows.size() == 1);
  CHECK(run(**connection, "pragma user_version").rows.size() == 1);
  CHECK(run(**connection, "select * from json_each('[1, 2]')").rows.size() == 2);
  CHECK(failed(**connection, "update sqlite_master set sql = ''").code == ErrorCode::server);
  CHECK(failed(**connection, "pragma user_version = 7").code == ErrorCode::refused);
}

TEST_CASE("sqlite: values keep their text, columns have a kind", "[sqlite]") {
  const Folder folder;
  const auto connection = created(folder.file("a.db"));
  run(*connection,
      "create table t (i integer, r real, b blob, d datetime, f boolean, j json, "
      "s varchar(9), x)");
  run(*connection,
      "insert into t values (-9223372036854775808, 0.1, x'00ff', '2025-01-01', 1, "
      "'{}', 'é\n', null), (9223372036854775807, 1e300, x'', null, 0, null, '', 1)");
  const Keeper sink =
      run(*connection, "select *, 1 + 1, cast('a' || char(0) || 'b' as text) from t");
  using protocol::ColumnKind;
  const std::vector<ColumnKind> kinds = {
      ColumnKind::number,  ColumnKind::number, ColumnKind::binary, ColumnKind::time,
      ColumnKind::boolean, ColumnKind::json,   ColumnKind::text,   ColumnKind::text,
      ColumnKind::number,  ColumnKind::text};
  REQUIRE(sink.columns.size() == kinds.size());
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    INFO(i);
    CHECK(sink.columns[i].kind == kinds[i]);
  }
  CHECK(sink.columns[0].type == "INTEGER");
  const std::vector<std::string> first = {
      "-9223372036854775808", "0.1", "X'00FF'", "2025-01-01", "1", "{}", "é\n", "NULL", "2",
      std::string("a\0b", 3)};
  const std::vector<std::string> second = {
      "9223372036854775807", "1.0e+300", "X''", "NULL", "0", "NULL", "", "1", "2",
      std::string("a\0b", 3)};
  CHECK(sink.rows == std::vector{first, second});
}

TEST_CASE("sqlite: statements report what they changed", "[sqlite]") {
  const Folder folder;
  const auto connection = created(folder.file("a.db"));
  run(*connection, "create table t (a unique)");
  CHECK(run(*connection, "insert into t values (1), (2)").ended.affected == 2);
  const Keeper returning = run(*connection, "insert into t values (3) returning a");
  CHECK(returning.ended.affected == 1);
  CHECK(returning.rows.size() == 1);
  const Keeper select = run(*connection, "select * from t where a > 9");
  CHECK(select.ended.command == "SELECT");
  CHECK_FALSE(select.ended.affected);
  CHECK(select.columns.size() == 1);
  CHECK(failed(*connection, "insert into t values (1)").engineCode ==
        std::to_string(SQLITE_CONSTRAINT_UNIQUE));
  CHECK(run(*connection, "-- nothing").columns.empty());
  CHECK(failed(*connection, "select 1; delete from t").code == ErrorCode::invalidParams);
  CHECK(run(*connection, "select count(*) from t; -- a comment").rows[0][0] == "3");
  CHECK(failed(*connection, "select load_extension('x')").code == ErrorCode::server);
}

TEST_CASE("sqlite: a locked file is waited for, and the wait can be cancelled", "[sqlite]") {
  const Folder folder;
  const auto writer = created(folder.file("a.db"));
  run(*writer, "create table t (a)");
  auto other = open(folder.file("a.db"));
  REQUIRE(other);
  run(*writer, "begin exclusive");
  CancelSource source;
  std::thread canceller([&] { source.cancel(CancelReason::user); });
  Keeper sink;
  const auto waited = (*other)->run(unchecked("select * from t"), sink, source.token());
  canceller.join();
  REQUIRE_FALSE(waited);
  CHECK(waited.error().code == ErrorCode::cancelled);
  run(*writer, "commit");
  CHECK(run(**other, "select * from t").rows.empty());
}

TEST_CASE("sqlite: the tree pages, and takes any name", "[sqlite]") {
  const Folder folder;
  const auto connection = created(folder.file("a.db"));
  const std::string longName(10000, 'n');
  const std::vector<std::string> hostile = {
      "<b>\"x\"</b>", "a'; drop table t; --", "{schema}", "%", longName, "日本\n語"};
  for (const std::string& name : hostile)
    run(*connection, "create table " + sqlite::quoteName(name) + " (id integer primary key, " +
                         sqlite::quoteName(name + "c") + " text not null default 'x')");
  run(*connection, "create view v as select 1 as one");
  std::vector<std::string> seen;
  std::optional<std::string> cursor;
  do {
    const TreePage page = children(*connection, {"main", "Tables"}, 2, cursor);
    CHECK(page.nodes.size() <= 2);
    for (const std::string& name : names(page)) seen.push_back(name);
    cursor = page.cursor;
  } while (cursor);
  auto expected = hostile;
  std::sort(expected.begin(), expected.end());
  CHECK(seen == expected);
  for (const std::string& name : hostile) {
    const TreePage columns = children(*connection, {"main", "Tables", name});
    REQUIRE(columns.nodes.size() == 4);
    CHECK(columns.nodes[1].name == name + "c");
    CHECK(columns.nodes[0].detail == "INTEGER · primary key");
    CHECK(columns.nodes[1].detail == "TEXT · not null · default 'x'");
    const std::vector<std::string> path = {"main", "Tables", name};
    const auto preview = connection->catalogue()->script(path, protocol::ScriptKind::preview, {});
    REQUIRE(preview);
    CHECK(run(*connection, *preview).columns.size() == 2);
    const auto text = connection->catalogue()->script(path, protocol::ScriptKind::definition, {});
    REQUIRE(text);
    CHECK(text->starts_with("CREATE TABLE "));
  }
  CHECK(names(children(*connection, {"main", "Views", "v"})) == std::vector<std::string>{"one"});
  const TreePage firstColumn = children(*connection, {"main", "Tables", "%"}, 1);
  CHECK(firstColumn.nodes.size() == 1);
  CHECK(names(children(*connection, {"main", "Tables", "%"}, 1, firstColumn.cursor)) ==
        std::vector<std::string>{"%c", "Indexes", "Keys"});
  CHECK_FALSE(connection->catalogue()->children(std::vector<std::string>{"main", "No"}, {}, 5, {}));
  CHECK_FALSE(
      connection->catalogue()->children(std::vector<std::string>{"no", "Tables"}, {}, 5, {}));
}

TEST_CASE("sqlite: indexes, keys and triggers are in the tree and found by name", "[sqlite]") {
  const Folder folder;
  const auto connection = created(folder.file("a.db"));
  run(*connection, "create table p (id integer primary key, u unique)");
  run(*connection, "create table c (a references p (id) on delete cascade, b)");
  run(*connection, "create index my_index on c (b, lower(a)) where b > 1");
  run(*connection, "create trigger my_trigger after insert on c begin select 1; end");
  const TreePage indexes = children(*connection, {"main", "Tables", "c", "Indexes"});
  REQUIRE(indexes.nodes.size() == 1);
  CHECK(indexes.nodes[0].detail == "b, (expression) · partial");
  const TreePage keys = children(*connection, {"main", "Tables", "c", "Keys"});
  REQUIRE(keys.nodes.size() == 1);
  CHECK(keys.nodes[0].detail == "→ p (id) on delete CASCADE");
  CHECK(children(*connection, {"main", "Triggers"}).nodes.at(0).detail == "on c");
  const auto found = connection->catalogue()->search("MY_", 10, {});
  REQUIRE(found);
  CHECK(names(*found) == std::vector<std::string>{"my_index", "my_trigger"});
  const auto script =
      connection->catalogue()->script(found->nodes[0].path, protocol::ScriptKind::definition, {});
  REQUIRE(script);
  CHECK(script->find("my_index") != std::string::npos);
}

TEST_CASE("sqlite: explaining runs nothing, and measuring is unsupported", "[sqlite]") {
  const Folder folder;
  const auto connection = created(folder.file("a.db"));
  run(*connection, "create table t (a)");
  const auto plan = connection->explainer()->explain(unchecked("delete from t"), false, {});
  REQUIRE(plan);
  run(*connection, "insert into t values (1)");
  REQUIRE(connection->explainer()->explain(unchecked("delete from t where a = 1"), false, {}));
  CHECK(run(*connection, "select count(*) from t").rows[0][0] == "1");
  const auto measured = connection->explainer()->explain(unchecked("select 1"), true, {});
  REQUIRE_FALSE(measured);
  CHECK(measured.error().code == ErrorCode::unsupported);
  const auto wrong = connection->explainer()->explain(unchecked("select * frm t"), false, {});
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().position == 9);
  CHECK_FALSE(connection->explainer()->explain(unchecked("drop table t"), false, {}));
}
