#include "sql/value_lexer.h"

#include <string>

#include "native/catch.h"
#include "sql/anonymize.h"
#include "sql/fingerprint.h"

namespace mydba::sql {
namespace {

struct Case {
  const char* dialect;
  const char* text;
  const char* anonymized;
};

void check(const Case& each) {
  const Dialect& dialect = *findDialect(each.dialect);
  INFO(each.dialect << ": " << each.text);
  const std::string anonymized = anonymize(each.text, dialect);
  CHECK(anonymized == each.anonymized);
  CHECK(fingerprint(anonymized, dialect).text == fingerprint(each.text, dialect).text);
}

TEST_CASE("a double-quoted text of SQLite is no name where a value is expected") {
  static constexpr Case cases[] = {
      {"sqlite", "SELECT a FROM t WHERE a = \"Ann\"", "SELECT a FROM t WHERE a = '?'"},
      {"sqlite", "INSERT INTO \"t\" (\"a\", \"b\") VALUES (\"Ann\", \"Bob\"), (1, \"C\")",
       "INSERT INTO \"t\" (\"a\", \"b\") VALUES ('?', '?'), (1, '?')"},
      {"sqlite", "SELECT lower(\"Ann\") FROM t", "SELECT lower('?') FROM t"},
      {"sqlite", "UPDATE t SET \"a\" = \"Ann\", \"b\" = 2", "UPDATE t SET \"a\" = '?', \"b\" = 1"},
      {"sqlite", "SELECT 1 FROM t WHERE a IN (\"Ann\", \"Bob\") AND b LIKE \"A%\"",
       "SELECT 1 FROM t WHERE a IN ('?', '?') AND b LIKE '?'"},
      {"sqlite", "SELECT CASE a WHEN \"x\" THEN \"y\" ELSE \"z\" END FROM t",
       "SELECT CASE a WHEN '?' THEN '?' ELSE '?' END FROM t"},
      {"sqlite", "SELECT \"Ann Example\" FROM t", "SELECT '?' FROM t"},
      {"sqlite", "SELECT 1 FROM t WHERE a BETWEEN \"A\" AND \"B\" AND \"c\" = 1",
       "SELECT 1 FROM t WHERE a BETWEEN '?' AND '?' AND \"c\" = 1"},
      {"sqlite", "CREATE TABLE t (\"a\" TEXT DEFAULT \"Ann\", PRIMARY KEY (\"a\"))",
       "CREATE TABLE t (\"a\" TEXT DEFAULT '?', PRIMARY KEY (\"a\"))"},
      {"sqlite", "SELECT 1 FROM t WHERE t MATCH \"Ann\"", "SELECT 1 FROM t WHERE t MATCH '?'"},
      {"sqlite", "PRAGMA main.key(Ann)", "PRAGMA main.key('?')"},
      {"sqlite", "PRAGMA journal_mode = WAL", "PRAGMA journal_mode = WAL"},
      {"sqlite", "WITH q AS (SELECT \"Ann\" AS a) SELECT a FROM q",
       "WITH q AS (SELECT '?' AS a) SELECT a FROM q"},
      {"generic", "SELECT 1 FROM t WHERE a = \"Ann\" || f(g(\"Bob\"))",
       "SELECT 1 FROM t WHERE a = '?' || f(g('?'))"},
      // Names.
      {"sqlite",
       "SELECT \"t\".\"a\", \"b\" AS \"The B\" FROM \"t\" WHERE \"t\".\"a\" = \"u\".\"b\"",
       "SELECT \"t\".\"a\", \"b\" AS \"The B\" FROM \"t\" WHERE \"t\".\"a\" = \"u\".\"b\""},
      {"sqlite", "SELECT \"a\" FROM \"my table\" ORDER BY \"a\", \"b\" DESC",
       "SELECT \"a\" FROM \"my table\" ORDER BY \"a\", \"b\" DESC"},
      {"postgres", "SELECT 1 FROM t WHERE a = \"b\"", "SELECT 1 FROM t WHERE a = \"b\""},
  };
  for (const Case& each : cases) check(each);
}

TEST_CASE("what is a text in another mode of the server is one") {
  static constexpr Case cases[] = {
      // NO_BACKSLASH_ESCAPES: two texts.
      {"mysql", "INSERT INTO t VALUES ('C:\\', 'Ann')", "INSERT INTO t VALUES ('?''?''?'"},
      // ANSI_QUOTES: a name and a text.
      {"mysql", "SELECT \"x\\\", 'pw\"Ann\"'", "SELECT '?''?''?'"},
      // standard_conforming_strings = off: one text.
      {"postgres", "SELECT 'it\\'s Ann', b", "SELECT '?''?' '?''?'"},
      // Only one reading has an end: it is the one that is meant.
      {"mysql", "SELECT a FROM t WHERE b = 'it\\'s' ORDER BY c",
       "SELECT a FROM t WHERE b = '?' ORDER BY c"},
      {"postgres", "SELECT a FROM t WHERE b = 'C:\\' ORDER BY c",
       "SELECT a FROM t WHERE b = '?' ORDER BY c"},
  };
  for (const Case& each : cases) {
    const Dialect& dialect = *findDialect(each.dialect);
    INFO(each.dialect << ": " << each.text);
    const std::string anonymized = anonymize(each.text, dialect);
    CHECK(anonymized.find("Ann") == std::string::npos);
    CHECK(fingerprint(each.text, dialect).text.find("Ann") == std::string::npos);
    CHECK(anonymized == each.anonymized);
  }
}

TEST_CASE("commands behind an open quote may be the rest of its text") {
  const Dialect& redis = *findDialect("redis");
  CHECK(anonymize("SET a \"line\nsecret more\"\nGET b", redis) == "?");
  CHECK(anonymize("SET a b\nGET c", redis) == "SET ? ?\nGET ?");
}

}  // namespace
}  // namespace mydba::sql
