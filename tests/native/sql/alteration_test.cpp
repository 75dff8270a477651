// Definitions and changes word for word.

#include "sql/alteration.h"

#include <string>
#include <string_view>
#include <vector>

#include "native/catch.h"
#include "sql/single_change.h"

namespace mydba::sql {
namespace {

WrittenDefinition written(std::string_view text, std::string_view dialectName = "postgres") {
  const Dialect& dialect = *findDialect(dialectName);
  return readWrittenDefinition(text, readStatement(text, dialect), dialect);
}

/// `operation name newName` of every action, with `;` between.
std::string actions(std::string_view text, std::string_view dialect = "postgres") {
  std::string all;
  for (const Alteration& action : written(text, dialect).actions) {
    if (!all.empty()) all += "; ";
    all += action.operation;
    if (!action.name.empty()) all += " " + action.name.text;
    if (!action.newName.empty()) all += " " + action.newName.text;
  }
  return all;
}

/// `target | condition | tail`, or `-`.
std::string change(std::string_view text, std::string_view dialectName = "postgres") {
  const Dialect& dialect = *findDialect(dialectName);
  const auto single = readSingleChange(text, readStatement(text, dialect), dialect);
  if (!single) return "-";
  const auto part = [&](const TextRange& range) { return std::string(range.of(text)); };
  return part(single->target) + " | " + part(single->condition) + " | " + part(single->tail);
}

}  // namespace

TEST_CASE("the actions of ALTER TABLE, one by one", "[sql][alteration]") {
  CHECK(actions("ALTER TABLE t ADD a int DEFAULT f(1, 2), DROP COLUMN IF EXISTS \"b,c\" CASCADE") ==
        "add_column a; drop_column \"b,c\"");
  CHECK(actions("alter table only s.t alter a set default 1, alter column b drop not null") ==
        "set_default a; drop_not_null b");
  CHECK(actions("ALTER TABLE t ALTER a SET DATA TYPE varchar(20) USING a::varchar(20)") ==
        "set_type a varchar(20)");
  CHECK(actions("ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES o NOT VALID") ==
        "add_foreign_key fk");
  CHECK(actions("ALTER TABLE t ADD PRIMARY KEY (a), ADD CHECK (a > 0)") ==
        "add_primary_key; add_check");
  CHECK(actions("ALTER TABLE t VALIDATE CONSTRAINT c") == "validate_constraint c");
  CHECK(actions("ALTER TABLE t DISABLE TRIGGER x") == "disable_trigger x");
  CHECK(actions("ALTER TABLE t RENAME a TO b") == "rename_column a b");
  CHECK(actions("ALTER TABLE t RENAME TO u") == "rename_to u");
  CHECK(actions("ALTER TABLE t SET SCHEMA x") == "set_schema x");
  CHECK(actions("ALTER INDEX i RENAME TO j") == "rename_to j");
  CHECK(actions("ALTER TABLE `t` ADD UNIQUE KEY `u` (a), DROP INDEX i, MODIFY a bigint, "
                "CHANGE b c int, RENAME INDEX x TO y, ALGORITHM=INSTANT",
                "mysql") ==
        "add_unique `u`; drop_index i; modify_column a; change_column b c; rename_index x y; "
        "algorithm INSTANT");
  CHECK(actions("ALTER TABLE t DROP FOREIGN KEY fk, DROP PRIMARY KEY, ADD INDEX (a)", "mysql") ==
        "drop_foreign_key fk; drop_primary_key; add_index");
}

TEST_CASE("what an added column brings with it", "[sql][alteration]") {
  const std::string_view text =
      "ALTER TABLE t ADD a int NOT NULL DEFAULT coalesce(now(), 1) UNIQUE CHECK (a > 0)";
  const Alteration action = written(text).actions.at(0);
  CHECK(action.notNull);
  CHECK(action.unique);
  CHECK(action.check);
  CHECK_FALSE(action.generated);
  CHECK(action.expression.of(text) == "coalesce(now(), 1)");
  CHECK(written("ALTER TABLE t ADD a int GENERATED ALWAYS AS (b) STORED").actions[0].stored);
  CHECK(written("ALTER TABLE t ADD a int REFERENCES o NOT VALID").actions[0].notValid);
  CHECK(written("ALTER TABLE t ADD a int AFTER b", "mysql").actions[0].positioned);
}

TEST_CASE("names are kept as they are written, without comments", "[sql][alteration]") {
  const auto index = written("CREATE UNIQUE INDEX /* x */ \"I n\" ON s . \"T\" USING gin (a)");
  CHECK(index.objects.at(0).text == "\"I n\"");
  CHECK(index.objects.at(0).value == "I n");
  CHECK(index.table.text == "s.\"T\"");
  CHECK(index.unique);
  CHECK(index.indexType == "gin");
  const std::string_view function = "CREATE FUNCTION f(a int, b text) RETURNS int AS 'x'";
  CHECK(written(function).arguments.of(function) == "(a int, b text)");
}

TEST_CASE("the parts of a change of one table", "[sql][alteration]") {
  CHECK(change("DELETE FROM t") == "t |  | ");
  CHECK(change("DELETE FROM ONLY s.t AS x WHERE x.a IN (SELECT 1 LIMIT 1) RETURNING a") ==
        "ONLY s.t AS x | x.a IN (SELECT 1 LIMIT 1) | ");
  CHECK(change("UPDATE t SET a = b IS DISTINCT FROM c WHERE a = 1 -- all") == "t | a = 1 | ");
  CHECK(change("UPDATE LOW_PRIORITY t SET a = 1 WHERE b = 2 ORDER BY c LIMIT 5", "mysql") ==
        "t | b = 2 | ORDER BY c LIMIT 5");
  CHECK(change("UPDATE OR IGNORE t SET a = 1", "sqlite") == "t |  | ");
}

TEST_CASE("what is no change of one table is left alone", "[sql][alteration]") {
  for (const std::string_view text :
       {"UPDATE t SET a = 1 FROM u WHERE t.id = u.id", "DELETE FROM t USING u WHERE t.id = u.id",
        "WITH x AS (SELECT 1) DELETE FROM t", "DELETE FROM t WHERE CURRENT OF c",
        "DELETE FROM t WHERE a = $1", "DELETE FROM t WHERE (a = 1", "SELECT 1",
        "DELETE FROM t WHERE"})
    CHECK(change(text) == "-");
  for (const std::string_view text :
       {"DELETE t FROM t JOIN u ON t.a = u.a", "UPDATE t, u SET t.a = 1",
        "DELETE FROM t WHERE a = 1 /*!50000 OR 1 */", "DELETE FROM t WHERE a = '\\' OR 1'"})
    CHECK(change(text, "mysql") == "-");
}

TEST_CASE("members of a CREATE TABLE", "[sql][alteration]") {
  CHECK(readMembers("CREATE TABLE `t` (\n  `a` int DEFAULT (1 + (2)),\n  KEY `k` (`a`,`b`) "
                    "/*!80000 INVISIBLE */\n) ENGINE=InnoDB",
                    *findDialect("mysql")) ==
        std::vector<std::string_view>{"`a` int DEFAULT (1 + (2))",
                                      "KEY `k` (`a`,`b`) /*!80000 INVISIBLE */"});
  CHECK(readMembers("CREATE TABLE t", *findDialect("mysql")).empty());
}

}  // namespace mydba::sql
