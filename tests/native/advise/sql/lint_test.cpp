#include "advise/sql/lint.h"

#include <algorithm>
#include <map>

#include "native/advise/sql/examples.h"
#include "native/advise/sql/grammar.h"
#include "native/catch.h"
#include "rag/document.h"

using namespace mydba;
using namespace mydba::advise;

namespace {

std::vector<LintFinding> lintOnly(const std::string& sql, const std::string& dialect,
                                  const std::string& rule,
                                  std::optional<int> version = std::nullopt) {
  return lint(sql, *sql::findDialect(dialect), {.only = {rule}, .version = version});
}

std::string applied(std::string text, const std::vector<LintFinding>& findings) {
  for (auto finding = findings.rbegin(); finding != findings.rend(); ++finding)
    if (finding->fix)
      for (auto edit = finding->fix->edits.rbegin(); edit != finding->fix->edits.rend(); ++edit)
        text.replace(edit->start, edit->end - edit->start, edit->text);
  return text;
}

}  // namespace

TEST_CASE("every rule fires on its bad examples and is silent on good ones and near misses",
          "[lint]") {
  for (const Example& example : readExamples())
    for (const std::string& dialect : example.dialects) {
      INFO(example.file << " " << dialect << ": " << example.sql);
      const auto findings = lintOnly(example.sql, dialect, example.rule, example.version);
      CHECK(findings.empty() != example.bad);
      for (const auto& finding : findings) {
        CHECK(finding.start < finding.end);
        CHECK(finding.end <= example.sql.size());
        CHECK(finding.message.size() > 20);
      }
      if (example.fixed) CHECK(applied(example.sql, findings) == *example.fixed);
    }
}

TEST_CASE("the examples are statements of their dialects", "[lint]") {
  for (const Example& example : readExamples())
    for (const std::string& dialect : example.dialects) {
      if (example.refused) continue;
      INFO(example.file << " " << dialect << ": " << example.sql);
      CHECK(refusal(example.sql, dialect) == "");
      if (example.fixed) CHECK(refusal(*example.fixed, dialect) == "");
    }
}

TEST_CASE("what a fix writes is not reported again, and nothing else changes", "[lint]") {
  for (const Example& example : readExamples())
    for (const std::string& dialect : example.dialects)
      if (example.fixed) {
        INFO(example.file << " " << dialect << ": " << *example.fixed);
        CHECK(lintOnly(*example.fixed, dialect, example.rule).empty());
      }
}

TEST_CASE("every rule has a bad example, a good one, a near miss and a section with its page",
          "[lint]") {
  std::map<std::string, std::pair<int, int>> examples;
  for (const Example& example : readExamples())
    ++(example.bad ? examples[example.rule].first : examples[example.rule].second);
  const auto document = rag::findDocument("all/sql-rules");
  REQUIRE(document);
  for (const SqlRule* rule : sqlRules()) {
    INFO(rule->id);
    const auto& [bad, silent] = examples[std::string(rule->id)];
    CHECK(bad >= 1);
    CHECK(silent >= 2);
    CHECK(rag::sourceOf(*document, rule->id).value_or("").starts_with("https://"));
  }
  CHECK(examples.size() == sqlRules().size());
}

TEST_CASE("findings stand at bytes of the whole text, in its order", "[lint]") {
  const std::string text = "SELECT 'ä';\nSELECT id FROM t WHERE a = NULL;\nDELETE FROM t;";
  const auto findings = lint(text, *sql::findDialect("postgres"));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].id == "null-comparison");
  CHECK(text.substr(findings[0].start, findings[0].end - findings[0].start) == "a = NULL");
  CHECK(findings[0].citation.anchor == "all/sql-rules#null-comparison");
  CHECK(findings[1].id == "delete-without-where");
  CHECK(text.substr(findings[1].start, findings[1].end - findings[1].start) == "DELETE");
}

TEST_CASE("rules of style are applied only when they are asked for", "[lint]") {
  const auto& dialect = *sql::findDialect("mysql");
  CHECK(lint("SELECT a b FROM t", dialect).empty());
  CHECK(lint("SELECT a b FROM t", dialect, {.only = {"implicit-alias"}}).size() == 1);
}

TEST_CASE("Redis has no rules of SQL", "[lint]") {
  CHECK(lint("DELETE FROM t", *sql::findDialect("redis")).empty());
}
