#include "sql/anonymize.h"

#include <vector>

#include "native/catch.h"
#include "sql/fingerprint.h"
#include "sql/splitter.h"

using namespace mydba::sql;

namespace {

struct Case {
  const char* dialect;
  const char* sql;
  const char* anonymized;
};

}  // namespace

TEST_CASE("values and comments are taken out of a text, the rest stays") {
  const std::vector<Case> cases = {
      {"generic", "SELECT  a FROM t -- b\n WHERE c = 'x' AND d = 42",
       "SELECT a FROM t WHERE c = '?' AND d = 1"},
      {"generic", "SELECT 1; SELECT 'a' -- c", "SELECT 1;\nSELECT '?'"},
      {"generic", "SELECT NULL, true, :name, ?", "SELECT NULL, true, :name, ?"},
      {"postgres", "SELECT $$s$$, E'\\'s', \"n n\", $1, date '1970-05-06', x'1F', B'11'",
       "SELECT '?', '?', \"n n\", $1, date '2000-01-01', x'00', B'0'"},
      {"postgres", "SELECT interval '3 days' + interval '7' DAY",
       "SELECT interval '1 day' + interval '1' DAY"},
      {"postgres", "COPY t FROM stdin;\n1\tsecret\n\\.\nSELECT 2", "COPY t FROM stdin;\nSELECT 1"},
      {"postgres", "ALTER ROLE r PASSWORD \"hunter2\"", "ALTER ROLE r PASSWORD '?'"},
      {"postgres", "CREATE USER MAPPING FOR u SERVER s OPTIONS (password 'p')",
       "CREATE USER MAPPING FOR u SERVER s OPTIONS (password '?')"},
      {"postgres", "SELECT password FROM users", "SELECT password FROM users"},
      {"mysql", "SELECT \"s\", `n`, 0xFF, @v /*!50000 + 3 */ # c",
       "SELECT '?', `n`, 1, @v /*!50000 + 1 */"},
      {"mysql", "CREATE USER 'u'@'h' IDENTIFIED BY 's'", "CREATE USER '?'@'?' IDENTIFIED BY '?'"},
      {"mysql", "CREATE USER u IDENTIFIED BY hunter2", "CREATE USER u IDENTIFIED BY '?'"},
      {"mysql", "ALTER USER u IDENTIFIED BY PASSWORD `*AB`",
       "ALTER USER u IDENTIFIED BY PASSWORD '?'"},
      {"redis", "AUTH u hunter2\nCONFIG SET requirepass hunter2\nGET 'k'",
       "AUTH ? ?\nCONFIG SET ? ?\nGET ?"},
      {"redis", "SET k 'open", "?"},
  };
  for (const Case& c : cases) {
    INFO(c.dialect << ": " << c.sql);
    const Dialect& dialect = *findDialect(c.dialect);
    const std::string found = anonymize(c.sql, dialect);
    CHECK(found == c.anonymized);
    CHECK(anonymize(found, dialect) == found);
    const auto before = split(c.sql, dialect);
    const auto after = split(found, dialect);
    REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i)
      CHECK(fingerprint(
                std::string_view(c.sql).substr(before[i].start, before[i].end - before[i].start),
                dialect)
                .text == fingerprint(std::string_view(found).substr(after[i].start,
                                                                    after[i].end - after[i].start),
                                     dialect)
                             .text);
  }
}

TEST_CASE("two signs do not become a comment, and a byte order mark is no part of a name") {
  const Dialect& mysql = *findDialect("mysql");
  const std::string twice = anonymize("SELECT 3 ---- comment\n 4", mysql);
  CHECK(twice == "SELECT 1 - - 1");
  CHECK(anonymize("SELECT a ----", mysql) == "SELECT a - -");
  CHECK(fingerprint("\xEF\xBB\xBFSELECT 1", mysql).text == fingerprint("SELECT 2", mysql).text);
}

TEST_CASE("a template has tags for names, the same for the same name") {
  CHECK(anonymize("SELECT u.name, count(*) FROM s.Users u JOIN orders o ON o.user_id = u.id "
                  "WHERE u.name = 'x'; DELETE FROM users WHERE id = 7",
                  genericDialect(), Names::tag) ==
        "SELECT c1.c2, count(*) FROM c3.t1 c1 JOIN t2 c4 ON c4.c5 = c1.c6 "
        "WHERE c1.c2 = '?';\nDELETE FROM t1 WHERE c6 = 1");
  CHECK(anonymize("SELECT \"my col\" FROM \"My Table\" ORDER BY 1 NULLS LAST",
                  *findDialect("postgres"),
                  Names::tag) == "SELECT c1 FROM t1 ORDER BY 1 NULLS LAST");
}
