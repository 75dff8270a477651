#include "guard/gate.h"

#include <type_traits>

#include "engines/engine.h"
#include "guard/phrase.h"
#include "guard/take_back.h"
#include "native/catch.h"

using namespace mydba::guard;
using mydba::ErrorCode;
using mydba::Result;

namespace {

// What the gate is for: a text is no statement, and nobody else makes one.
static_assert(!std::is_constructible_v<CheckedStatement, std::string>);
static_assert(!std::is_constructible_v<CheckedStatement, JudgedStatement>);
static_assert(!std::is_default_constructible_v<CheckedStatement>);
static_assert(!std::is_default_constructible_v<JudgedStatement>);
static_assert(!std::is_invocable_v<decltype(&mydba::Connection::run), mydba::Connection&,
                                   std::string_view, mydba::RowSink&, const mydba::CancelToken&>);

Gate gate(Policy policy = {}, std::string_view dialect = "postgres") {
  return {*mydba::sql::findDialect(dialect), policy};
}

/// Counts the questions and answers all of them alike.
struct Person {
  Confirmation answer = Confirmation::button;
  std::vector<std::string> asked;

  Confirm confirm() {
    return [this](const JudgedStatement& statement) -> Result<Confirmation> {
      asked.emplace_back(statement.text());
      return answer;
    };
  }
};

std::string refusal(const Gate& door, std::string_view text) {
  const auto judged = door.judge(text);
  REQUIRE_FALSE(judged);
  CHECK(judged.error().code == ErrorCode::refused);
  return judged.error().message + "; " + judged.error().hint;
}

/// Lets a whole text through; the texts that may run.
std::vector<std::string> admitted(const Gate& door, std::string_view text, Person& person) {
  std::vector<std::string> texts;
  auto judged = door.judge(text);
  REQUIRE(judged);
  for (auto& statement : *judged) {
    const auto checked = door.admit(statement, person.confirm());
    if (!checked) break;
    texts.emplace_back(checked->text());
  }
  return texts;
}

}  // namespace

TEST_CASE("gate: what is allowed goes through without a question") {
  Person person;
  CHECK(admitted(gate(), " SELECT 1; -- one\n SELECT 2 ;", person) ==
        std::vector<std::string>{"SELECT 1", "SELECT 2"});
  CHECK(person.asked.empty());
  CHECK(gate().judge(" -- nothing\n")->empty());
}

TEST_CASE("gate: one question for each statement that needs it, before it runs") {
  Person person;
  const Gate each = gate({.confirmsEach = true});
  CHECK(admitted(each, "SELECT 1; DROP TABLE a; DELETE FROM b WHERE c = 1", person).size() == 3);
  // Alone, the last one would be allowed here; behind others it is shown.
  CHECK(person.asked == std::vector<std::string>{"DROP TABLE a", "DELETE FROM b WHERE c = 1"});
}

TEST_CASE("gate: a statement that was declined does not run, and nor do the ones behind it") {
  Person person{.answer = Confirmation::declined};
  CHECK(admitted(gate({.confirmsEach = true}), "SELECT 1; DROP TABLE a; SELECT 2", person) ==
        std::vector<std::string>{"SELECT 1"});
  const auto judged = gate().judge("DROP TABLE a");
  REQUIRE(judged);
  CHECK(gate().admit(judged->front(), person.confirm()).error().code == ErrorCode::refused);
  const auto nobody = gate().admit(judged->front(), {});
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().message.find("nobody can be asked") != std::string::npos);
}

TEST_CASE("gate: nothing of a text runs when a part of it is blocked, and the way out is told") {
  CHECK(
      refusal(gate({.environment = Environment::prod}), "DROP TABLE a").find("allow destructive") !=
      std::string::npos);
  CHECK(refusal(gate({.readOnly = true}), "INSERT INTO t VALUES ('hunter2')").find("read-only") !=
        std::string::npos);
  CHECK(refusal(gate(), "SELECT 1; DROP TABLE a").find("one by one") != std::string::npos);
}

TEST_CASE("gate: a refusal names objects, never values") {
  const std::string said =
      refusal(gate({.readOnly = true}), "ALTER ROLE ann PASSWORD 'hunter2'; DELETE FROM t");
  CHECK(said.find("hunter2") == std::string::npos);
  CHECK(said.find("DELETE without a WHERE removes every row of t") != std::string::npos);
}

TEST_CASE("gate: what only the whole text shows is asked with its first statement") {
  Person person;
  // Under NO_BACKSLASH_ESCAPES the string ends before the semicolon.
  CHECK(admitted(gate({.confirmsEach = true}, "mysql"), R"(SELECT '\'; DROP TABLE t; -- ')", person)
            .size() == 1);
  CHECK(person.asked.size() == 1);
  // The client sees one statement, the server two.
  person.asked.clear();
  CHECK(admitted(gate({.confirmsEach = true}, "mysql"), "SELECT 1 /*! ; DROP TABLE t */", person)
            .size() == 1);
  CHECK(person.asked.size() == 1);
}

TEST_CASE("gate: the user's settings loosen dev and staging, not prod and not read-only") {
  const auto decision = [](Policy policy, std::string_view text) {
    const auto judged = gate(policy).judge(text);
    return judged ? judged->front().verdict().decision : Decision::block;
  };
  for (const auto where : {Environment::dev, Environment::staging}) {
    CHECK(decision({.environment = where, .safeMode = false}, "DROP TABLE t") == Decision::allow);
    CHECK(decision({.environment = where, .safeMode = false}, "SELECT 1; DROP TABLE t") ==
          Decision::allow);
    CHECK(decision({.environment = where, .readOnly = true, .safeMode = false}, "DROP TABLE t") ==
          Decision::block);
    CHECK(decision({.environment = where, .confirmDestructive = false}, "DROP TABLE t") ==
          Decision::allow);
    CHECK(decision({.environment = where, .confirmDestructive = false}, "DELETE FROM t") ==
          Decision::confirm);
    CHECK(decision({.environment = where, .warnMissingWhere = false}, "UPDATE t SET a = 1") ==
          Decision::allow);
    CHECK(decision({.environment = where, .warnMissingWhere = false}, "DROP TABLE t") ==
          Decision::confirm);
  }
  const Policy prod{.environment = Environment::prod,
                    .safeMode = false,
                    .confirmDestructive = false,
                    .warnMissingWhere = false};
  CHECK(decision(prod, "DROP TABLE t") == Decision::block);
  CHECK(decision(prod, "DELETE FROM t") == Decision::block);
  CHECK(decision(prod, "UPDATE t SET a = 1 WHERE b = 2") == Decision::confirm);
}

TEST_CASE("gate: a plan is judged as EXPLAIN, a measured one as the statement") {
  Person person;
  const auto plan = gate().admitToExplain("-- why\nDELETE FROM t", false, person.confirm());
  REQUIRE(plan);
  CHECK(plan->text() == "DELETE FROM t");
  CHECK(plan->start() == 7);
  CHECK(person.asked.empty());
  CHECK(gate().admitToExplain("DELETE FROM t", true, person.confirm()));
  CHECK(person.asked.size() == 1);
  // A planner runs no volatile function.
  CHECK(gate().admitToExplain("SELECT pg_sleep(1), mine(2)", false, person.confirm()));
  CHECK(person.asked.size() == 1);
  // What would be EXPLAIN ANALYZE once the engine has put its EXPLAIN in front.
  CHECK(gate().admitToExplain("ANALYZE DELETE FROM t", false, person.confirm()));
  CHECK(person.asked.size() == 2);
  for (const char* text : {"", "SELECT 1; SELECT 2"})
    CHECK(gate().admitToExplain(text, false, {}).error().code == ErrorCode::invalidParams);
  CHECK(gate({.readOnly = true}).admitToExplain("DELETE FROM t", true, {}).error().code ==
        ErrorCode::refused);
}

TEST_CASE("phrase: the object's name, else the connection's, and only what can be typed") {
  const auto& dialect = *mydba::sql::findDialect("postgres");
  CHECK(phrase("DROP TABLE shop.\"Orders\"", dialect, "c") == "Orders");
  CHECK(phrase("WITH a AS (SELECT 1) DELETE FROM b", dialect, "c") == "b");
  CHECK(phrase("VACUUM", dialect, "main") == "main");
  CHECK(phrase("DROP TABLE \"a\nb\"", dialect, "main") == "main");
  CHECK(phrase("VACUUM", dialect, "") == "run");
}

TEST_CASE("gate: more rows than the limit are confirmed, in production blocked, with the number") {
  const auto weighed = [](Policy policy, std::int64_t rows) {
    const auto door = gate(policy);
    return door.weigh(door.judge("UPDATE t SET a = 1 WHERE b = 2")->front(), rows);
  };
  CHECK(weighed({}, 1000)->verdict().decision == Decision::allow);
  const auto many = weighed({}, 5000);
  REQUIRE(many);
  CHECK(many->verdict().decision == Decision::confirm);
  CHECK(many->verdict().reasons.front().message == "it changes 5,000 rows, and the limit is 1,000");
  CHECK(weighed({.safeMode = false}, 5000)->verdict().decision == Decision::allow);
  const auto blocked = weighed({.environment = Environment::prod, .allowDestructive = true}, 5000);
  REQUIRE_FALSE(blocked);
  CHECK(blocked.error().code == ErrorCode::refused);
  CHECK(blocked.error().message.find("5,000 rows") != std::string::npos);
}

TEST_CASE("take back: only what a transaction is known to hold") {
  const auto why = [](std::string_view text, std::string_view dialect = "postgres") {
    const auto& words = *mydba::sql::findDialect(dialect);
    const Policy free{.environment = Environment::dev};
    const auto judged = gate(free, dialect).judge(text);
    REQUIRE(judged);
    return whyNotTakenBack(mydba::sql::readStatement(text, words), judged->front().verdict());
  };
  for (const char* text :
       {"SELECT 1", "UPDATE t SET a = 1", "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
        "DROP TABLE t", "TRUNCATE t", "CREATE INDEX i ON t (a)", "GRANT SELECT ON t TO ann",
        "INSERT INTO t SELECT * FROM u", "ALTER TABLE t ADD COLUMN c int"}) {
    INFO(text);
    CHECK_FALSE(why(text));
  }
  for (const char* text :
       {"COMMIT", "ROLLBACK", "BEGIN", "VACUUM t", "CREATE INDEX CONCURRENTLY i ON t (a)",
        "DROP DATABASE d", "COPY t TO '/tmp/x'", "COPY t FROM PROGRAM 'x'", "CALL p()",
        "DO $$ BEGIN COMMIT; END $$", "SELECT f()", "SELECT pg_terminate_backend(1)",
        "SELECT lo_export(1, 'x')", "SET a = 1", "ALTER SYSTEM SET a = 1", "PREPARE p AS SELECT 1",
        "NOTIFY a", "EXPLAIN ANALYZE DELETE FROM t"}) {
    INFO(text);
    CHECK(why(text));
  }
  CHECK(why("SELECT 1 INTO OUTFILE '/tmp/x'", "mysql"));
  CHECK(why("SELECT GET_LOCK('a', 1)", "mysql"));
  CHECK(why("ATTACH 'x' AS y", "sqlite"));
  CHECK(why("DEL a", "redis"));
}
