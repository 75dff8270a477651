#include <algorithm>
#include <thread>

#include "native/engines/postgres/live.h"
#include "native/guard/unchecked.h"

using namespace mydba;
using namespace mydba::test;

namespace {

using Path = std::vector<std::string>;

std::vector<std::string> namesOf(const TreePage& page) {
  std::vector<std::string> names;
  for (const auto& node : page.nodes) names.push_back(node.name);
  return names;
}

TreePage childrenOf(Connection& connection, const Path& path,
                    const std::optional<std::string>& cursor = {}, int limit = 200) {
  auto page = connection.catalogue()->children(path, cursor, limit, {});
  if (!page) FAIL(page.error().message);
  return *page;
}

const protocol::TreeNode& nodeNamed(const TreePage& page, std::string_view name) {
  const auto found = std::find_if(page.nodes.begin(), page.nodes.end(),
                                  [&](const auto& node) { return node.name == name; });
  REQUIRE(found != page.nodes.end());
  return *found;
}

/// A schema of hostile names that is dropped at the end.
class HostileSchema {
 public:
  explicit HostileSchema(Connection& connection) : connection_(connection) {
    drop();
    runOn(connection, "CREATE SCHEMA " + schema());
    runOn(connection, "CREATE TABLE " + table() +
                          " (\"كتاب\" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
                          "\"a\"\"b\" varchar(20) NOT NULL DEFAULT 'x''y')");
    runOn(connection, "CREATE INDEX ON " + table() + " (lower(\"a\"\"b\"))");
    runOn(connection, "CREATE VIEW " + schema() + ".\"🎉\" AS SELECT * FROM " + table());
  }
  ~HostileSchema() { drop(); }
  HostileSchema(const HostileSchema&) = delete;
  HostileSchema& operator=(const HostileSchema&) = delete;

  static constexpr auto name = "<b>\"; DROP TABLE x; --";
  static constexpr auto tableName = "日本日本日本日本日本日本日本日本日本日本日";  // 63 bytes
  static std::string schema() { return "\"<b>\"\"; DROP TABLE x; --\""; }
  static std::string table() { return schema() + ".\"" + tableName + "\""; }

 private:
  void drop() {
    CollectingSink sink;
    (void)connection_.run(unchecked("DROP SCHEMA IF EXISTS " + schema() + " CASCADE"), sink, {});
  }
  Connection& connection_;
};

}  // namespace

TEST_CASE("postgres: the tree from databases to columns, with hostile names", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  REQUIRE(connection);
  auto& c = **connection;
  const HostileSchema made(c);
  const auto database = c.server().database.value();
  CHECK(childrenOf(c, {}).nodes.at(0).name == database);
  CHECK(nodeNamed(childrenOf(c, {database}), HostileSchema::name).children);
  const Path schema{database, HostileSchema::name};
  CHECK(namesOf(childrenOf(c, schema)) == Path{"Tables", "Views", "Sequences"});
  const auto table =
      nodeNamed(childrenOf(c, {database, HostileSchema::name, "Tables"}), HostileSchema::tableName);
  CHECK(table.kind == "table");
  CHECK(table.actions.size() == 3);
  const auto columns = childrenOf(c, table.path);
  CHECK(namesOf(columns) == Path{"كتاب", "a\"b", "Indexes", "Keys"});
  CHECK(columns.nodes[0].detail.find("integer · primary key · not null") == 0);
  CHECK(columns.nodes[1].detail.find("character varying(20) · not null") == 0);
  CHECK(childrenOf(c, nodeNamed(columns, "Indexes").path).nodes.size() == 2);
  CHECK(childrenOf(c, nodeNamed(columns, "Keys").path).nodes.size() == 1);

  const auto preview = c.catalogue()->script(table.path, protocol::ScriptKind::preview, {});
  REQUIRE(preview);
  CHECK(runOn(c, *preview).columns.size() == 2);
  const auto definition = c.catalogue()->script(table.path, protocol::ScriptKind::definition, {});
  REQUIRE(definition);
  const auto create = definition->substr(0, definition->find(";\n\n") + 1);
  runOn(c, "DROP TABLE " + HostileSchema::table() + " CASCADE");
  runOn(c, create);  // what was written makes the table again
  const auto again = c.catalogue()->script(table.path, protocol::ScriptKind::definition, {});
  REQUIRE(again);
  CHECK(*again == create);
  CHECK_FALSE(c.catalogue()->children(Path{database, "a", "b", "c", "d"}, {}, 10, {}));
}

TEST_CASE("postgres: pages follow each other by name, and search finds prefixes first",
          "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  REQUIRE(connection);
  auto& c = **connection;
  const Path tables{c.server().database.value(), "pg_catalog", "Tables"};
  const auto all = namesOf(childrenOf(c, tables, {}, 10000));
  std::vector<std::string> paged;
  std::optional<std::string> cursor;
  do {
    const auto page = childrenOf(c, tables, cursor, 7);
    CHECK(page.nodes.size() <= 7);
    for (const auto& name : namesOf(page)) paged.push_back(name);
    cursor = page.cursor;
  } while (cursor);
  CHECK(paged == all);
  const auto found = c.catalogue()->search("PG_CLASS", 5, {});
  REQUIRE(found);
  REQUIRE_FALSE(found->nodes.empty());
  CHECK(found->nodes[0].path == Path{tables[0], "pg_catalog", "Tables", "pg_class"});
}

TEST_CASE("postgres: analysing a change leaves no trace", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  REQUIRE(connection);
  auto& c = **connection;
  runOn(c, "CREATE TEMP TABLE counted (a int)");
  const std::string insert = "INSERT INTO counted SELECT generate_series(1, 50)";
  auto tree = c.explainer()->explain(unchecked(insert), true, {});
  REQUIRE(tree);
  CHECK(tree->analyzed);
  CHECK(tree->root.operation == "Insert");
  CHECK(valueOf(c, "SELECT count(*) FROM counted") == "0");
  runOn(c, "BEGIN");
  runOn(c, "INSERT INTO counted VALUES (1)");
  REQUIRE(c.explainer()->explain(unchecked(insert), true, {}));
  CHECK_FALSE(
      c.explainer()->explain(unchecked("SELECT 1/(count(*)-count(*)) FROM counted"), true, {}));
  runOn(c, "COMMIT");
  CHECK(valueOf(c, "SELECT count(*) FROM counted") == "1");
  const auto failed = c.explainer()->explain(unchecked("SELECT nope"), false, {});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().position == 7);
}

TEST_CASE("postgres: sessions are listed and ended, but never the own one", "[postgres]") {
  MYDBA_POSTGRES_PROFILE(profile);
  auto connection = connectTo(profile);
  auto victim = connectTo(profile);
  REQUIRE(connection);
  REQUIRE(victim);
  auto& processes = *(*connection)->processes();
  const auto pid = valueOf(**victim, "SELECT pg_backend_pid()");
  const auto own = valueOf(**connection, "SELECT pg_backend_pid()");
  Result<void> ended;
  std::thread sleeper([&] {
    CollectingSink sink;
    ended = (*victim)->run(unchecked("SELECT pg_sleep(100)"), sink, {});
  });
  const auto sleeping = [&] {
    const auto snapshot = processes.list({});
    REQUIRE(snapshot);
    for (const auto& process : snapshot->processes) {
      if (process.id == own || process.id == pid) CHECK(process.own);
      if (process.state == "checkpointer") CHECK_FALSE(process.own);
      if (process.id == pid && process.active && process.sql == "SELECT pg_sleep(100)") return true;
    }
    return false;
  };
  while (!sleeping()) std::this_thread::yield();
  CHECK(processes.kill(pid, protocol::KillKind::query, {})->killed);
  sleeper.join();
  REQUIRE_FALSE(ended);
  CHECK(ended.error().engineCode == "57014");
  CHECK((*victim)->alive());
  CHECK(processes.kill(pid, protocol::KillKind::connection, {})->killed);
  CHECK_FALSE(processes.kill("2147483647", protocol::KillKind::query, {})->killed);
  const auto refused = processes.kill(own, protocol::KillKind::connection, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::refused);
  CHECK_FALSE(processes.kill("1; DROP TABLE x", protocol::KillKind::query, {}));
}
