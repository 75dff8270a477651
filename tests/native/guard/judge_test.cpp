#include "guard/judge.h"

#include <chrono>
#include <set>

#include "guard/checks.h"
#include "guard/knowledge.h"
#include "native/catch.h"
#include "native/guard/corpus.h"
#include "sql/splitter.h"
#include "sql/statement.h"

using namespace mydba;
using namespace mydba::guard;

namespace {

constexpr const char* dialects[] = {"postgres", "mysql", "mariadb", "sqlite", "redis"};

/// Right answers among all that were asked for.
struct Score {
  std::size_t right = 0;
  std::size_t asked = 0;

  void add(bool isRight) {
    ++asked;
    right += isRight ? 1 : 0;
  }
  double share() const {
    return asked == 0 ? 0 : static_cast<double>(right) / static_cast<double>(asked);
  }
};

struct Scores {
  Score kinds, recall, verdicts, calm;
};

std::vector<std::string> kindsOf(std::string_view text, const sql::Dialect& dialect) {
  std::vector<std::string> kinds;
  for (const auto& range : sql::split(text, dialect))
    kinds.push_back(
        sql::readStatement(text.substr(range.start, range.end - range.start), dialect).kindName);
  return kinds;
}

std::string complaint(const Case& expected, std::string_view what) {
  return expected.origin + ": " + std::string(what) + ": " + expected.sql;
}

/// Judges one case under every policy; what is wrong goes to `wrong`.
void score(const Case& expected, const sql::Dialect& dialect, Scores& scores,
           std::vector<std::string>& wrong) {
  const auto kinds = kindsOf(expected.sql, dialect);
  scores.kinds.add(kinds == expected.kinds);
  if (kinds != expected.kinds)
    wrong.push_back(complaint(expected, "kind " + (kinds.empty() ? "none" : kinds.back())));
  const bool ordinary = expected.decisions[2] == Decision::allow;
  for (std::size_t i = 0; i < expected.decisions.size(); ++i) {
    const Verdict verdict = judge(expected.sql, dialect, policies()[i]);
    const bool right = verdict.decision == expected.decisions[i] &&
                       verdict.readOnly == expected.readOnly &&
                       verdict.destructive == expected.destructive;
    scores.verdicts.add(right);
    if (!right && (wrong.empty() || !wrong.back().starts_with(expected.origin + ":")))
      wrong.push_back(complaint(
          expected, "policy " + std::to_string(i) + " " + std::string(name(verdict.decision)) +
                        (verdict.readOnly ? " read" : "") +
                        (verdict.destructive ? " destructive" : "") + " by " +
                        (verdict.reasons.empty() ? "nothing" : verdict.reasons.back().id)));
    if (expected.destructive) scores.recall.add(verdict.destructive);
    if (ordinary && i < 3) scores.calm.add(verdict.decision == Decision::allow);
  }
}

const sql::Dialect& dialect(std::string_view name) { return *sql::findDialect(name); }

Verdict judged(std::string_view text, std::string_view dialectName, const Policy& policy = {}) {
  return judge(text, dialect(dialectName), policy);
}

bool has(const Verdict& verdict, std::string_view id) {
  for (const auto& reason : verdict.reasons)
    if (reason.id == id) return true;
  return false;
}

}  // namespace

TEST_CASE("the corpus of five dialects, grown by mutation, is judged as the manuals say") {
  std::set<std::pair<std::string, std::string>> texts;
  Scores scores;
  std::vector<std::string> wrong;
  std::size_t seeds = 0;
  for (const char* name : dialects) {
    const auto corpus = readCorpus(dialect(name));
    seeds += corpus.size();
    for (const Case& seed : corpus)
      for (const Case& grown : mutations(seed, dialect(name)))
        if (texts.emplace(name, grown.sql).second) score(grown, dialect(name), scores, wrong);
  }
  std::string complaints;
  for (std::size_t i = 0; i < wrong.size() && i < 400; ++i) complaints += wrong[i] + "\n";
  INFO(complaints);
  WARN(seeds << " statements, " << texts.size() << " with mutations: kinds right "
             << 100 * scores.kinds.share() << " %, destructive found "
             << 100 * scores.recall.share() << " %, verdicts right "
             << 100 * scores.verdicts.share() << " %, false alarms "
             << 100 * (1 - scores.calm.share()) << " % of " << scores.calm.asked);
  CHECK(seeds >= 700);
  CHECK(texts.size() >= 5000);
  CHECK(scores.kinds.share() >= 0.99);
  CHECK(scores.recall.share() == 1.0);
  CHECK(scores.verdicts.share() >= 0.99);
  CHECK(scores.calm.share() > 0.99);
}

TEST_CASE("every effect that a data file names is a check") {
  for (const char* name : {"generic", "postgres", "mysql", "mariadb", "sqlite", "redis"}) {
    const Knowledge known(name);
    CHECK(known.entries().size() > 20);
    for (std::size_t i = 0; i < known.entries().size(); ++i) {
      const auto& entry = known.entries()[i];
      INFO(name << ": " << entry.what << " " << entry.name);
      CHECK(entry.effect);
      // Two effects of one name would make the answer depend on the order of the file.
      if (i > 0 && known.entries()[i - 1].what == entry.what)
        CHECK(known.entries()[i - 1].name != entry.name);
    }
  }
}

TEST_CASE("several statements: the worst of the parts, and how many there are") {
  const Verdict verdict =
      judged("SELECT 1; UPDATE t SET a = 1 WHERE b = 2; DROP TABLE t", "postgres");
  CHECK(verdict.decision == Decision::block);
  CHECK(verdict.risk == Risk::critical);
  REQUIRE(verdict.reasons.size() >= 3);
  CHECK(verdict.reasons[0].id == "several-statements");
  CHECK(verdict.reasons[0].message == "3 statements, 1 of them destructive");
  CHECK(has(verdict, "chained-destructive"));
  CHECK(verdict.reasons.back().position == 42);

  const Policy oneByOne{.confirmsEach = true};
  CHECK(judged("SELECT 1; DROP TABLE t", "postgres", oneByOne).decision == Decision::confirm);
}

TEST_CASE("production wants the confirmation of what is critical typed") {
  const Policy prod{.environment = Environment::prod, .allowDestructive = true};
  CHECK(judged("DROP TABLE t", "sqlite", prod).typed);
  CHECK(judged("DELETE FROM t", "sqlite", prod).typed);
  CHECK_FALSE(judged("DELETE FROM t WHERE id = 1", "sqlite", prod).typed);
  CHECK_FALSE(judged("DROP TABLE t", "sqlite").typed);
}

TEST_CASE("both readings of a backslash count where the server's mode decides") {
  const char* text = "SELECT '\\'; DROP TABLE t; -- '";
  const Verdict verdict = judged(text, "mysql");
  CHECK(verdict.decision == Decision::confirm);
  CHECK(has(verdict, "depends-on-mode"));
  CHECK(judged(text, "mysql", {.readOnly = true}).decision == Decision::block);
  CHECK(judged("SELECT E'\\'; DROP TABLE t; --'", "postgres").decision == Decision::allow);
  CHECK(judged("SELECT 'it\\'s'", "mysql").decision == Decision::allow);
}

TEST_CASE("what another mode reads as a change is no proved read, though it is allowed") {
  const auto& mysql = *sql::findDialect("mysql");
  const Verdict verdict = judge("SELECT 'a\\'; INSERT INTO t VALUES (1); -- '", mysql, {});
  CHECK(verdict.decision == Decision::allow);
  CHECK_FALSE(verdict.readOnly);
  CHECK(judge("SELECT 'a\\' b'", mysql, {}).readOnly);
}

TEST_CASE("notices do not turn an allowed read into a question") {
  const Verdict joined = judged("SELECT * FROM a, b", "mysql");
  CHECK(joined.decision == Decision::allow);
  CHECK(joined.risk == Risk::medium);
  CHECK(has(joined, "cartesian-product"));
  const Verdict secret = judged("SELECT a FROM t UNION SELECT password FROM users", "mysql");
  CHECK(secret.decision == Decision::allow);
  CHECK(has(secret, "union-secret"));
  CHECK(has(judged("SELECT * FROM t WHERE a = 'x' -- '", "postgres"), "comment-swallows-quote"));
}

TEST_CASE("commands of psql are confirmed, the rows of COPY are not taken for them") {
  CHECK(judged("SELECT 1;\n\\! rm -rf /\n", "postgres").decision == Decision::confirm);
  CHECK(judged("SELECT 'DROP TABLE t' \\gexec", "postgres").decision == Decision::confirm);
  CHECK(judged("COPY t FROM STDIN;\n\\N\ta\n\\.\nSELECT 1;", "postgres").decision ==
        Decision::allow);
}

TEST_CASE("many rows at once are asked about in production") {
  std::string sql = "INSERT INTO t VALUES (0)";
  for (int i = 0; i < 1000; ++i) sql += ", (1)";
  CHECK(judged(sql, "mysql").decision == Decision::allow);
  const Verdict verdict = judged(sql, "mysql", {.environment = Environment::prod});
  CHECK(verdict.decision == Decision::confirm);
  CHECK(has(verdict, "many-rows"));
}

TEST_CASE("nothing at all is nothing to be afraid of") {
  for (const char* name : dialects) {
    CHECK(judged("", name).decision == Decision::allow);
    CHECK(judged(" \n", name).reasons.empty());
  }
}

TEST_CASE("a change is told with its own table") {
  const Verdict verdict =
      judged("WITH a AS (DELETE FROM x RETURNING *), b AS (DELETE FROM y RETURNING *) SELECT 1",
             "postgres");
  REQUIRE(verdict.reasons.size() == 2);
  CHECK(verdict.reasons[0].message == "DELETE without a WHERE removes every row of x");
  CHECK(verdict.reasons[1].message == "DELETE without a WHERE removes every row of y");
}

TEST_CASE("a text full of different reasons is told by a hundred of them") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "SELECT f" + std::to_string(i) + "();";
  const Verdict verdict = judged(text, "postgres");
  CHECK(verdict.decision == Decision::confirm);
  CHECK(verdict.reasons.size() <= 102);
}

TEST_CASE("judging is linear in the text") {
  const auto seconds = [](std::size_t bytes) {
    std::string text;
    while (text.size() < bytes)
      text += "SELECT (a + 1), 'x' FROM t WHERE b IN (1, 2) AND c = 'it''s'; ";
    const auto start = std::chrono::steady_clock::now();
    CHECK(judged(text, "postgres").decision == Decision::allow);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  seconds(1 << 16);
  const double small = seconds(1 << 18);
  CHECK(seconds(1 << 20) < 12 * small + 0.05);
}
