#include <algorithm>

#include "advise/catalogue/facts.h"
#include "native/engines/mysql/live.h"

namespace mydba::test {
namespace {

using Path = std::vector<std::string>;

// Names are limited to the basic multilingual plane: an emoji outside it becomes a question mark.
const std::string hostile =
    "<img src=x onerror=alert(1)> \"'`; DROP TABLE x; -- \xE2\x98\xA0\xD7\xA9";

std::string inBackticks(const std::string& name) {
  std::string text = "`";
  for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
  return text + "`";
}

std::vector<std::string> names(const TreePage& page) {
  std::vector<std::string> list;
  for (const auto& node : page.nodes) list.push_back(node.name);
  return list;
}

TreePage childrenOf(Connection& connection, const Path& path) {
  auto page = connection.catalogue()->children(path, {}, 200, {});
  if (!page) FAIL(page.error().message);
  return std::move(*page);
}

const protocol::TreeNode& find(const TreePage& page, const std::string& name) {
  const auto found = std::find_if(page.nodes.begin(), page.nodes.end(),
                                  [&](const auto& node) { return node.name == name; });
  INFO(name);
  REQUIRE(found != page.nodes.end());
  return *found;
}

struct Objects : LiveDatabase {
  explicit Objects(Connection& connection) : LiveDatabase(connection, "mydba_tree") {
    const auto table = inBackticks(hostile);
    must(connection,
         {"CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE)",
          "CREATE TABLE " + table + " (" + table +
              " INT, Indexes INT NOT NULL DEFAULT 3, parent_id INT, PRIMARY KEY (" + table +
              "), KEY two (Indexes, parent_id), CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES "
              "parent (id), CONSTRAINT small CHECK (Indexes < 100))",
          "CREATE TRIGGER tr BEFORE INSERT ON parent FOR EACH ROW SET NEW.name = NEW.name",
          "CREATE VIEW seen AS SELECT * FROM parent", "CREATE PROCEDURE proc() SELECT 1",
          "CREATE FUNCTION tree_twice(x INT) RETURNS INT DETERMINISTIC RETURN x * 2",
          "CREATE EVENT later ON SCHEDULE EVERY 1 DAY DISABLE DO SET @x = 1"});
  }
};

TEST_CASE("mysql: the tree from the databases down to a column") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Objects objects(*connection);
    const auto databases = childrenOf(*connection, {});
    CHECK(find(databases, "mydba_tree").kind == "database");
    CHECK(find(databases, "mysql").detail == "system");
    CHECK(databases.nodes.back().detail == "system");

    CHECK(names(childrenOf(*connection, {"mydba_tree"})) ==
          Path{"Tables", "Views", "Procedures", "Functions", "Events"});
    CHECK(names(childrenOf(*connection, {"mydba_tree", "Tables"})) == Path{hostile, "parent"});
    CHECK(names(childrenOf(*connection, {"mydba_tree", "Views"})) == Path{"seen"});
    CHECK(names(childrenOf(*connection, {"mydba_tree", "Procedures"})) == Path{"proc"});
    CHECK(names(childrenOf(*connection, {"mydba_tree", "Functions"})) == Path{"tree_twice"});
    CHECK(names(childrenOf(*connection, {"mydba_tree", "Events"})) == Path{"later"});

    const auto table = childrenOf(*connection, {"mydba_tree", "Tables", hostile});
    CHECK(names(table) == Path{hostile, "Indexes", "parent_id", "Indexes", "Keys"});
    CHECK(table.nodes[0].detail.ends_with(" · primary key · not null"));
    CHECK(table.nodes[1].detail.ends_with(" · indexed · not null · default 3"));
    CHECK(table.nodes[1].kind == "column");
    CHECK(table.nodes[1].path != table.nodes[3].path);
    CHECK(table.nodes[3].kind == "folder");
    const auto indexes = childrenOf(*connection, table.nodes[3].path);
    CHECK(names(indexes) == Path{"PRIMARY", "two", "up"});
    CHECK(find(indexes, "two").detail == "Indexes, parent_id");
    const auto keys = childrenOf(*connection, table.nodes[4].path);
    CHECK(names(keys) == Path{"PRIMARY", "small", "up"});
    CHECK(find(keys, "up").detail == "parent_id \xE2\x86\x92 parent (id)");
    const auto parent = childrenOf(*connection, {"mydba_tree", "Tables", "parent"});
    CHECK(parent.nodes.back().name == "Triggers");
    CHECK(names(childrenOf(*connection, parent.nodes.back().path)) == Path{"tr"});
    CHECK_FALSE(connection->catalogue()->children(Path{"mydba_tree", "Nothing"}, {}, 10, {}));
  }
}

TEST_CASE("mysql: pages of tables follow each other without gap or repeat") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const LiveDatabase database(*connection, "mydba_pages");
    Path expected;
    for (int i = 10; i < 35; ++i) {
      const auto name = "t" + std::to_string(i);
      const bool isView = i % 5 == 0;
      must(*connection, {(isView ? "CREATE VIEW " + name + " AS SELECT 1"
                                 : "CREATE TABLE " + name + " (a INT)")});
      if (!isView) expected.push_back(name);
    }
    for (const int limit : {1, 7, 20, 21}) {
      Path seen;
      std::optional<std::string> cursor;
      do {
        const auto page =
            connection->catalogue()->children(Path{"mydba_pages", "Tables"}, cursor, limit, {});
        REQUIRE(page);
        CHECK(page->nodes.size() <= static_cast<std::size_t>(limit));
        for (const auto& node : page->nodes) seen.push_back(node.name);
        cursor = page->cursor;
      } while (cursor);
      CHECK(seen == expected);
    }
  }
}

TEST_CASE("mysql: search by name") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Objects objects(*connection);
    must(*connection,
         {"CREATE TABLE mydba_tree.Q7z (a INT)", "CREATE TABLE mydba_tree.aq7z (a INT)",
          "CREATE TABLE mydba_tree.bq7_z (a INT)", "CREATE VIEW mydba_tree.q7zv AS SELECT 1"});
    const auto found = connection->catalogue()->search("q7Z", 100, {});
    REQUIRE(found);
    REQUIRE(found->nodes.size() == 3);
    CHECK(found->nodes[2].name == "aq7z");
    CHECK(find(*found, "q7zv").kind == "view");
    CHECK(find(*found, "q7zv").path == Path{"mydba_tree", "Views", "q7zv"});
    CHECK(names(*connection->catalogue()->search("q7_", 100, {})) == Path{"bq7_z"});
    CHECK(names(*connection->catalogue()->search(hostile, 100, {})) == Path{hostile});
    CHECK(names(*connection->catalogue()->search("tree_twice", 100, {})) == Path{"tree_twice"});
    const auto none = connection->catalogue()->search("\xF0\x9F\x98\x80", 100, {});
    REQUIRE(none);
    CHECK(none->nodes.empty());
  }
}

TEST_CASE("mysql: scripts are statements that run") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto connection = connectTo(server);
    const Objects objects(*connection);
    const auto script = [&](const Path& path, protocol::ScriptKind kind) {
      auto sql = connection->catalogue()->script(path, kind, {});
      if (!sql) FAIL(sql.error().message);
      return *sql;
    };
    must(*connection, {script({"mydba_tree", "Tables", hostile}, protocol::ScriptKind::preview),
                       script({"mydba_tree", "Views", "seen"}, protocol::ScriptKind::preview)});
    for (const Path& path :
         {Path{"mydba_tree", "Tables", hostile}, Path{"mydba_tree", "Views", "seen"},
          Path{"mydba_tree", "Procedures", "proc"}, Path{"mydba_tree", "Functions", "tree_twice"},
          Path{"mydba_tree", "Events", "later"}, Path{"mydba_tree"},
          Path{"mydba_tree", "Tables", "parent", "Triggers", "tr"}})
      CHECK(script(path, protocol::ScriptKind::definition).find("CREATE") == 0);
  }
}

TEST_CASE(
    "mysql: facts of tables hold what an account may see, and nothing of tables it sees in part") {
  for (const auto& server : liveServers()) {
    INFO(server.variable);
    const auto owner = connectTo(server);
    const Objects objects(*owner);
    const auto all = owner->catalogue()->tableFacts({}, 100, {});
    if (!all) FAIL(all.error().message);
    const auto* table = all->table("mydba_tree", hostile);
    REQUIRE(table);
    CHECK(table->columns.at(0).name == hostile);
    CHECK(table->foreignKeys.at(0).parentTable == "parent");
    must(*owner,
         {"DROP USER IF EXISTS mydba_facts", "CREATE USER mydba_facts IDENTIFIED BY 'Sm4ll-enough'",
          "GRANT SELECT (name) ON mydba_tree.parent TO mydba_facts",
          "GRANT SELECT ON mydba_tree." + inBackticks(hostile) + " TO mydba_facts"});
    LiveServer small = server;
    small.profile.user = "mydba_facts";
    small.profile.database = "mydba_tree";
    const auto secret = [](protocol::SecretKind) -> Result<std::optional<std::string>> {
      return std::optional<std::string>("Sm4ll-enough");
    };
    const auto connection = findEngine(small.profile.engine)->connect(small.profile, secret, {});
    if (!connection) FAIL(connection.error().message);
    const auto some = (*connection)->catalogue()->tableFacts({}, 100, {});
    must(*owner, {"DROP USER mydba_facts"});
    if (!some) FAIL(some.error().message);
    REQUIRE(some->tables.size() == 1);
    CHECK(some->tables[0].name == hostile);
    CHECK(some->tables[0].primaryKey());
    CHECK_FALSE(some->countedDays);
  }
}

}  // namespace
}  // namespace mydba::test
