// The words of the question, as a person reads them.

#include "guard/question.h"

#include <string>
#include <string_view>

#include "guard/judge.h"
#include "guard/wording.h"
#include "native/catch.h"

namespace mydba::guard {
namespace {

using Sentences = std::vector<std::string>;

Question ask(std::string_view text, const Impact& impact = {},
             std::string_view dialectName = "postgres") {
  const sql::Dialect& dialect = *sql::findDialect(dialectName);
  return questionOf(sql::readStatement(text, dialect), judgeStatement(text, dialect, {}), impact);
}

}  // namespace

TEST_CASE("the title says what is done to what", "[guard][question]") {
  const Impact counted{.affected = Affected{.count = 5000, .certainty = Certainty::exact}};
  const auto title = [](std::string_view text, const Impact& impact = {}) {
    return ask(text, impact).title;
  };
  CHECK(title("DELETE FROM orders") == "Delete every row of orders?");
  CHECK(title("DELETE FROM orders WHERE 1=1") == "Delete every row of orders?");
  CHECK(title("DELETE FROM orders WHERE id < 9") == "Delete rows of orders?");
  CHECK(title("DELETE FROM orders WHERE id < 9", counted) == "Delete 5,000 rows of orders?");
  CHECK(title("UPDATE s.orders SET a = 1 WHERE id < 9", counted) ==
        "Change 5,000 rows of s.orders?");
  CHECK(title("UPDATE orders SET a = 1") == "Change every row of orders?");
  CHECK(title("TRUNCATE orders") == "Remove every row of the table orders?");
  CHECK(title("DROP TABLE a, b") == "Drop the tables a and b?");
  CHECK(title("DROP INDEX CONCURRENTLY i") == "Drop the index i?");
  CHECK(title("ALTER TABLE orders DROP COLUMN a") == "Alter the table orders?");
  CHECK(title("CREATE OR REPLACE VIEW v AS SELECT 1") == "Create or replace the view v?");
  CHECK(title("VACUUM FULL orders") == "Run VACUUM on orders?");
  CHECK(title("INSERT INTO orders VALUES (1)") == "Add rows to orders?");
  CHECK(ask("FLUSHALL", {}, "redis").title == "Run FLUSHALL?");
}

TEST_CASE("the worst that happens stands first", "[guard][question]") {
  Impact impact{
      .affected = Affected{.count = 5000, .certainty = Certainty::exact},
      .tables = {{.name = "orders", .rows = 5000, .rowsExact = true, .bytes = 1'200'000'000}}};
  impact.locks = {
      {.table = "orders", .mode = "ACCESS EXCLUSIVE", .blocksReads = true, .blocksWrites = true}};
  impact.work = {{.table = "orders", .kind = TableWork::Kind::rewrite}};
  impact.dependants = {{.effect = Dependants::Effect::refuses,
                        .what = "view",
                        .names = {"a", "b", "c"},
                        .count = 3}};
  impact.irreversible = "MySQL commits DDL by itself";
  impact.unavailable = {"What its triggers do is not known."};
  CHECK(ask("DELETE FROM orders", impact).impact ==
        Sentences{"5,000 of 5,000 rows will be removed.",
                  "This cannot be rolled back: MySQL commits DDL by itself.",
                  "The server may refuse it: 3 views depend on it: a, b and c.",
                  "orders is locked against reads and writes until it ends (ACCESS EXCLUSIVE).",
                  "The table orders (1.2 GB) is written anew.",
                  "What its triggers do is not known."});
}

TEST_CASE("a number says how sure it is", "[guard][question]") {
  const auto first = [](Certainty certainty, std::optional<std::int64_t> rows, bool exact = false) {
    const Impact impact{.affected = Affected{.count = 1000, .certainty = certainty},
                        .tables = {{.name = "t", .rows = rows, .rowsExact = exact}}};
    return ask("UPDATE t SET a = 1 WHERE b = 2", impact).impact.front();
  };
  CHECK(first(Certainty::exact, 4000, true) == "1,000 of 4,000 rows will be changed.");
  CHECK(first(Certainty::exact, 4000) == "1,000 of about 4,000 rows will be changed.");
  CHECK(first(Certainty::estimated, 4000) == "About 1,000 of 4,000 rows will be changed.");
  CHECK(first(Certainty::atLeast, {}) == "More than 1,000 rows will be changed.");
  // Statistics that are behind: no "1,000 of 10".
  CHECK(first(Certainty::exact, 10) == "1,000 rows will be changed.");
}

TEST_CASE("dropping says how much goes, and what goes with it", "[guard][question]") {
  const Impact impact{
      .tables = {{.name = "t", .rows = 12345, .bytes = 4096}},
      .dependants = {{.effect = Dependants::Effect::isDropped,
                      .what = "foreign key",
                      .names = {"fk"},
                      .count = 1},
                     {.effect = Dependants::Effect::losesRows, .what = "foreign key", .count = 2}}};
  CHECK(ask("DROP TABLE t CASCADE", impact).impact ==
        Sentences{"t holds about 12,345 rows in 4.1 kB; all of it goes.",
                  "1 foreign key goes with it: fk.",
                  "Rows of other tables go too, through 2 foreign keys."});
}

TEST_CASE("dropping an index keeps the rows of its table", "[guard][question]") {
  const Impact impact{.tables = {{.name = "t", .rows = 12345, .bytes = 4096}}};
  CHECK(ask("DROP INDEX i ON t", impact).impact ==
        Sentences{"t holds about 12,345 rows in 4.1 kB; its rows stay."});
}

TEST_CASE("reasons become sentences", "[guard][question]") {
  CHECK(ask("DROP TABLE t").reasons == Sentences{"table t is removed with all that is in it."});
  CHECK(ask("SET ROLE x").reasons == Sentences{"role changes users, or who this session is."});
  CHECK(ask("DO $$ SELECT 1 $$").reasons == Sentences{"DO runs code whose effect is not known."});
  CHECK(ask("CREATE TABLE t (a int)").reasons == Sentences{"Creates table t."});
}

TEST_CASE("a name cannot break the dialog's lines or their direction", "[guard][question]") {
  CHECK(shown("a\nDrop nothing?\x1b[2J") == "a?Drop nothing??[2J");
  CHECK(shown("a\u202Egpj") == "a?gpj");
  CHECK(shown(std::string(200, 'x')) == std::string(80, 'x') + "…");
  CHECK(shown("naïve 表") == "naïve 表");
  CHECK(shown("\xFF") == "?");
}

TEST_CASE("numbers and sizes", "[guard][question]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(-1234567) == "-1,234,567");
  CHECK(grouped(INT64_MIN) == "-9,223,372,036,854,775,808");
  CHECK(humanSize(1) == "1 byte");
  CHECK(humanSize(999) == "999 bytes");
  CHECK(humanSize(999'999) == "1.0 MB");
  CHECK(humanSize(1'234'567'890) == "1.2 GB");
  CHECK(humanSize(INT64_MAX) == "9.2 EB");
  CHECK(counted(2, "index") == "2 indexes");
  CHECK(counted(2, "policy") == "2 policies");
}

}  // namespace mydba::guard
