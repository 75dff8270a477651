#include "sql/statement.h"

#include <string>
#include <vector>

#include "native/catch.h"

using namespace mydba::sql;

namespace {

struct Case {
  const char* dialect;
  const char* sql;
  const char* summary;
};

std::string spelled(const ObjectName& name) {
  return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

std::string spelled(Filter filter) {
  return filter == Filter::absent ? "all" : filter == Filter::alwaysTrue ? "always" : "some";
}

/// `delete some | t! u | f`: kind and changes, tables (written with `!`), functions.
std::string summarize(const Statement& statement) {
  std::string text = statement.kindName;
  for (const Change& change : statement.changes) {
    text += change.nested ? " (" : " ";
    if (change.nested || change.kind != statement.kind)
      text += std::string(kindName(change.kind)) + " ";
    text += spelled(change.filter) + (change.nested ? ")" : "");
  }
  text += " |";
  for (const TableUse& use : statement.tables)
    text += " " + spelled(use.table) + (use.written ? "!" : "");
  if (statement.functions.empty()) return text;
  text += " |";
  for (const FunctionUse& use : statement.functions) text += " " + spelled(use.function);
  return text;
}

/// Of a DELETE with each condition, in every dialect of SQL.
void checkFilters(const std::vector<std::pair<const char*, Filter>>& cases) {
  for (const auto& [condition, filter] : cases) {
    INFO(condition);
    const std::string sql = std::string("DELETE FROM t WHERE ") + condition;
    for (const char* dialect : {"generic", "postgres", "mysql", "mariadb", "sqlite"}) {
      const Statement statement = readStatement(sql, *findDialect(dialect));
      CHECK(statement.filter == filter);
      CHECK(statement.hasWhere);
    }
  }
}

}  // namespace

TEST_CASE("a statement says what it reads, changes and calls") {
  const std::vector<Case> cases = {
      {"postgres", "SELECT a, count(*) FROM public.users u JOIN \"O\"\"x\" o ON o.u = u.id",
       "select | public.users O\"x | count"},
      {"postgres", "DELETE FROM ONLY s.t AS x USING u WHERE x.id = u.id", "delete some | s.t! u"},
      {"postgres", "UPDATE t SET a = (SELECT b FROM u WHERE u.id = 1)", "update all | t! u"},
      {"postgres", "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
       "select (delete all) | t!"},
      {"postgres", "WITH t AS (SELECT * FROM t) SELECT * FROM t", "select | t"},
      {"postgres", "WITH RECURSIVE c AS (SELECT 1 UNION SELECT n FROM c) SELECT * FROM c, u",
       "select | u"},
      {"postgres", "WITH a AS (SELECT 1) DELETE FROM a WHERE x = 1", "delete some | a!"},
      {"postgres", "SELECT EXTRACT(year FROM d) FROM t WHERE a IS DISTINCT FROM b",
       "select | t | EXTRACT"},
      {"postgres", "SELECT f(g(1)) FROM h(2) AS x(a int), t", "select | t | f g h"},
      {"postgres", "SELECT \"pg_sleep\"/**/(1), x::numeric(10, 2)", "select | | pg_sleep"},
      {"postgres", "COPY s.t (a) FROM STDIN", "copy | s.t!"},
      {"postgres", "TRUNCATE a, ONLY b CASCADE", "truncate | a! b!"},
      {"postgres", "DROP TABLE IF EXISTS a.b, c CASCADE", "drop | a.b! c!"},
      {"postgres", "MERGE INTO t USING s ON t.i = s.i WHEN MATCHED THEN DELETE",
       "merge all (delete some) | t! s"},
      {"postgres", "MERGE INTO t USING s ON t.i = s.i WHEN MATCHED THEN UPDATE SET a = 1",
       "merge all | t! s"},
      {"postgres", "SELECT * INTO n FROM t", "select | n! t"},
      {"mysql", "DELETE a, b FROM t1 AS a JOIN t2 b ON a.i = b.i WHERE a.x = 1",
       "delete some | t1! t2! t1! t2!"},
      {"mysql", "UPDATE a JOIN b ON a.i = f(b.i) SET a.x = 1", "update all | a! b! | f"},
      {"mysql", "REPLACE INTO `d b`.t (a) VALUES (REPLACE('a', 'b', 'c'))",
       "replace all | d b.t! | REPLACE"},
      {"mysql", "INSERT INTO t (a) SELECT x FROM u ON DUPLICATE KEY UPDATE a = VALUES(a)",
       "insert all | t! u"},
      {"mysql", "DELETE FROM t /*! WHERE id = 1 */", "delete some | t!"},
      {"mysql", "DELETE FROM t /*!99000 WHERE id = 1 */", "delete always | t!"},
      {"mysql", "DELETE FROM t WHERE id = 1 /*!50000 OR 1 = 1 */", "delete always | t!"},
      {"sqlite", "INSERT OR REPLACE INTO t VALUES (1)", "insert replace all | t!"},
      {"sqlite", "UPDATE OR REPLACE t SET a = 1", "update all | t!"},
      {"mysql", "EXPLAIN FOR CONNECTION 5", "explain |"},
      {"mysql", "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1", "create |"},
      {"mysql", "CREATE TABLE t LIKE u", "create | t! u"},
      {"postgres", "CREATE TABLE t (LIKE s.u INCLUDING ALL)", "create | t! s.u"},
      {"postgres", "CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION f()", "create | t!"},
      {"mariadb", "SELECT NEXT VALUE FOR s", "select | | nextval"},
      {"sqlite", "WITH c(x) AS (SELECT 1 UNION SELECT x FROM c) SELECT * FROM c", "select |"},
      {"sqlite", "UPDATE OR ABORT [my t] SET a = 1 WHERE b = 2", "update some | my t!"},
      {"generic", "FOO bar", "unknown |"},
      {"generic", "", "unknown |"},
  };
  for (const Case& c : cases) {
    INFO(c.dialect << ": " << c.sql);
    CHECK(summarize(readStatement(c.sql, *findDialect(c.dialect))) == c.summary);
  }
}

TEST_CASE("a filter that keeps every row is told from one that filters") {
  const std::vector<std::pair<const char*, Filter>> cases = {
      {"a = 1", Filter::effective},
      {"1 = 1", Filter::alwaysTrue},
      {"((1)) = 1", Filter::alwaysTrue},
      {"'a' = 'a'", Filter::alwaysTrue},
      {"'a' = 'b' OR a = 1", Filter::effective},
      {"1 < 2", Filter::alwaysTrue},
      {"1 > 2", Filter::effective},
      {"1", Filter::alwaysTrue},
      {"0", Filter::effective},
      {"true", Filter::alwaysTrue},
      {"NOT false", Filter::alwaysTrue},
      {"NOT (NOT (true))", Filter::alwaysTrue},
      {"NOT true", Filter::effective},
      {"id = id", Filter::alwaysTrue},
      {"t.id >= t.ID", Filter::alwaysTrue},
      {"id = id2", Filter::effective},
      {"year = 2026 AND t.month = 11", Filter::effective},
      {"now() > now() - INTERVAL 30 DAY", Filter::alwaysTrue},
      {"now() > now() - INTERVAL (1 + 2) DAY", Filter::alwaysTrue},
      {"a = 1 AND 1 = 1", Filter::effective},
      {"a = 1 OR 1 = 1", Filter::alwaysTrue},
      {"(a = 1 AND (b = 2 OR true)) OR (true)", Filter::alwaysTrue},
      {"(a = 1 AND (b = 2 OR true))", Filter::effective},
      {"x IS NULL OR x IS NOT NULL", Filter::alwaysTrue},
      {"x = 1 OR x <> 1", Filter::alwaysTrue},
      {"x IS NULL OR y IS NOT NULL", Filter::effective},
      {"NULL IS NULL", Filter::alwaysTrue},
      {"name LIKE '%'", Filter::alwaysTrue},
      {"name LIKE '%a'", Filter::effective},
      {"now() > '2020-01-01'", Filter::alwaysTrue},
      {"length('a') = 1", Filter::alwaysTrue},
      {"EXISTS (SELECT 1)", Filter::alwaysTrue},
      {"EXISTS (SELECT 1 FROM u WHERE u.id = t.id)", Filter::effective},
      {"a BETWEEN 1 AND 2", Filter::effective},
      {"a = CASE WHEN b OR true THEN 1 ELSE 2 END", Filter::effective},
      {"id IN (SELECT id FROM u WHERE 1 = 1)", Filter::effective},
      {"a = '1 OR 1=1'", Filter::effective},
      {"a = /* OR 1=1 */ 1", Filter::effective},
  };
  checkFilters(cases);
}

TEST_CASE("a column named like a keyword is no constant") {
  checkFilters({
      {"key = ?", Filter::effective},
      {"read IS NULL", Filter::effective},
      {"index NOT IN (1, 2) AND role = 'x'", Filter::effective},
      {"1 < rows", Filter::effective},
      {"(Lock) LIKE 'a%'", Filter::effective},
      {"use", Filter::effective},
      {"key = 1 OR 1 = 1", Filter::alwaysTrue},
      {"key = key", Filter::alwaysTrue},
      {"key = 1 OR key <> 1", Filter::alwaysTrue},
      {"? = 'key'", Filter::alwaysTrue},
      {"CASE WHEN 1 = 1 THEN 1 ELSE 0 END = 1", Filter::alwaysTrue},
      {"now() IS NOT NULL", Filter::alwaysTrue},
  });
}

TEST_CASE("who is connected is a value in some dialects and a column in others") {
  const char* sql = "DELETE FROM t WHERE user = 'bob'";
  CHECK(readStatement(sql, *findDialect("postgres")).filter == Filter::alwaysTrue);
  CHECK(readStatement(sql, *findDialect("mysql")).filter == Filter::effective);
}

TEST_CASE("an injection's shape is found whatever it is followed by") {
  const Dialect& dialect = *findDialect("mysql");
  const char* sql = "SELECT * FROM u WHERE name = 'a' OR '1'='1' AND password = 'x'";
  const Statement statement = readStatement(sql, dialect);
  CHECK(statement.filter == Filter::effective);
  CHECK(statement.injection == std::string(sql).find("OR"));
  CHECK_FALSE(readStatement("SELECT * FROM u WHERE a = 1 OR b = 2", dialect).injection);
  CHECK_FALSE(readStatement("SELECT * FROM u WHERE 1 = 1 AND b = 2", dialect).injection);
}

TEST_CASE("a list is the value of one setting, assignments are many") {
  const Dialect& postgres = *findDialect("postgres");
  CHECK(readStatement("SET search_path TO a, \"b\", public", postgres).settings.size() == 1);
  CHECK(readStatement("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY", postgres)
            .settings.size() == 1);
  const auto settings =
      readStatement("SET @x = 1, GLOBAL a = f(1, 2), @@session.b := 2, names utf8",
                    *findDialect("mysql"))
          .settings;
  REQUIRE(settings.size() == 4);
  CHECK(settings[1].scope == SettingScope::global);
  CHECK(settings[2].name == "b");
}

TEST_CASE("rows of VALUES are counted, and a library is a program") {
  const Dialect& mysql = *findDialect("mysql");
  CHECK(readStatement("INSERT INTO t (a) VALUES (1), ((2)), (f(3))", mysql).changes[0].rows == 3);
  CHECK(readStatement("INSERT INTO t SELECT 1", mysql).changes[0].rows == 0);
  const Statement library = readStatement("CREATE FUNCTION f RETURNS INT SONAME 'x.so'", mysql);
  REQUIRE(library.files.size() == 1);
  CHECK(library.files[0].channel == FileUse::Channel::program);
  CHECK(library.files[0].name == "x.so");
}

TEST_CASE("options of EXPLAIN are read in any case") {
  const Dialect& postgres = *findDialect("postgres");
  CHECK(readStatement("EXPLAIN (ANALYZE On) SELECT 1", postgres).analyzes);
  CHECK_FALSE(readStatement("EXPLAIN (aNaLyZe oFf) SELECT 1", postgres).analyzes);
}

TEST_CASE("deep nesting is read like any other text") {
  const std::size_t depth = 100'000;
  const std::string open(depth, '(');
  const std::string close(depth, ')');
  const auto read = [](const std::string& sql) { return readStatement(sql, genericDialect()); };
  CHECK(read("DELETE FROM t WHERE " + open + "1 = 1" + close).filter == Filter::alwaysTrue);
  CHECK(read("DELETE FROM t WHERE " + open + "a = 1" + close).filter == Filter::effective);
  CHECK_FALSE(read("DELETE FROM t WHERE " + open + "a = 1").complete);
  std::string queries;
  for (std::size_t i = 0; i < depth; ++i) queries += "SELECT * FROM (";
  CHECK(read(queries + "t" + close).tables.size() == 1);
}
