#include "native/guard/corpus.h"

#include <fstream>

#include "native/catch.h"
#include "rpc/json.h"
#include "sql/keyword.h"
#include "sql/lexer.h"
#include "sql/statement.h"

namespace mydba::guard {
namespace {

using sql::Token;
using sql::TokenKind;

Decision decision(const std::string& text) {
  for (const auto value : {Decision::allow, Decision::confirm, Decision::block})
    if (name(value) == text) return value;
  FAIL("no decision: " << text);
  return Decision::allow;
}

/// Rewrites a text token by token; what stands between tokens goes through `blank`.
template <typename TokenText, typename BlankText>
std::string rewrite(std::string_view text, const sql::Dialect& dialect, TokenText token,
                    BlankText blank) {
  sql::Lexer lexer(text, dialect);
  std::string out;
  std::size_t end = 0;
  for (Token next = lexer.next(); next.kind != TokenKind::end; next = lexer.next()) {
    if (next.start > end) out += blank(text.substr(end, next.start - end), lexer);
    out += token(next, lexer.textOf(next));
    end = next.end;
  }
  return out + std::string(text.substr(end));
}

std::string sameToken(const Token&, std::string_view text) { return std::string(text); }
std::string sameBlank(std::string_view text, const sql::Lexer&) { return std::string(text); }

char otherCase(char c, std::size_t at, int style) {
  const bool upper = style == 0 || (style == 2 && at % 2 == 0);
  if (upper && c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
  if (!upper && c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c;
}

std::string withCase(std::string_view text, const sql::Dialect& dialect, int style) {
  return rewrite(
      text, dialect,
      [&](const Token& token, std::string_view word) {
        std::string out(word);
        if (token.kind == TokenKind::word)
          for (std::size_t i = 0; i < out.size(); ++i) out[i] = otherCase(out[i], i, style);
        return out;
      },
      sameBlank);
}

std::string withBlanks(std::string_view text, const sql::Dialect& dialect, std::string_view blank) {
  return rewrite(text, dialect, sameToken, [&](std::string_view old, const sql::Lexer& lexer) {
    return lexer.insideExecutable() ? std::string(old) : std::string(blank);
  });
}

/// Quotes the names behind FROM, INTO, UPDATE and TABLE, which the corpus writes in lower case.
std::string withQuotes(std::string_view text, const sql::Dialect& dialect, char open, char close) {
  bool nameNext = false;
  return rewrite(
      text, dialect,
      [&](const Token& token, std::string_view word) {
        std::string out(word);
        const bool lower = !word.empty() && word[0] >= 'a' && word[0] <= 'z';
        if (nameNext && lower && token.kind == TokenKind::word) out = open + out + close;
        nameNext = word == "FROM" || word == "INTO" || word == "UPDATE" || word == "TABLE";
        return out;
      },
      sameBlank);
}

Case changed(const Case& seed, std::string sql, std::string_view how) {
  Case result = seed;
  result.sql = std::move(sql);
  result.origin += " " + std::string(how);
  return result;
}

bool contains(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

/// `first` and the seed, with what is decided on a destructive statement behind another one.
Case behind(const Case& seed, const std::string& first, const std::string& kind) {
  Case result = changed(seed, first + seed.sql, "behind another");
  result.kinds.insert(result.kinds.begin(), kind);
  if (seed.destructive) result.decisions.fill(Decision::block);
  return result;
}

Case before(const Case& seed, const std::string& last, const std::string& kind) {
  Case result = changed(seed, seed.sql + last, "before another");
  result.kinds.push_back(kind);
  return result;
}

std::vector<Case> commandMutations(const Case& seed) {
  std::vector<Case> cases = {seed};
  std::string lower = seed.sql;
  for (char& c : lower) {
    if (c == ' ' || c == '"') break;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  cases.push_back(changed(seed, lower, "in lower case"));
  cases.push_back(changed(seed, "  " + seed.sql + " \t", "with blanks"));
  if (!contains(seed.sql, "\n") && !contains(seed.sql, "\""))
    cases.push_back(
        changed(seed,
                '"' + seed.sql.substr(0, seed.sql.find(' ')) + '"' +
                    (contains(seed.sql, " ") ? seed.sql.substr(seed.sql.find(' ')) : ""),
                "with its name in quotes"));
  cases.push_back(behind(seed, "GET a\n", "get"));
  cases.push_back(before(seed, "\nGET a", "get"));
  return cases;
}

}  // namespace

std::array<Policy, 5> policies() {
  return {Policy{.environment = Environment::dev}, Policy{.environment = Environment::staging},
          Policy{.environment = Environment::prod},
          Policy{.environment = Environment::prod, .allowDestructive = true},
          Policy{.environment = Environment::prod, .readOnly = true}};
}

std::vector<Case> readCorpus(const sql::Dialect& dialect) {
  const std::string file = std::string(dialect.name) + ".jsonl";
  std::ifstream in(MYDBA_SOURCE_DIR "/tests/sql/guard/" + file);
  std::vector<Case> cases;
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    const auto json = rpc::parseJson(text);
    REQUIRE(json);
    Case seed{.sql = (*json)["sql"].get<std::string>(),
              .kinds = (*json)["kinds"].get<std::vector<std::string>>(),
              .destructive = (*json)["destructive"].get<bool>(),
              .readOnly = (*json)["readOnly"].get<bool>(),
              .origin = file + ":" + std::to_string(line)};
    for (std::size_t i = 0; i < seed.decisions.size(); ++i)
      seed.decisions[i] = decision((*json)["decisions"][i].get<std::string>());
    cases.push_back(std::move(seed));
  }
  return cases;
}

std::vector<Case> mutations(const Case& seed, const sql::Dialect& dialect) {
  if (dialect.lineCommands) return commandMutations(seed);
  const std::string& sql = seed.sql;
  const bool whole = seed.kinds[0] != "unknown" && sql::readStatement(sql, dialect).complete;
  std::vector<Case> cases = {
      seed,
      changed(seed, withCase(sql, dialect, 0), "in upper case"),
      changed(seed, withCase(sql, dialect, 1), "in lower case"),
      changed(seed, withCase(sql, dialect, 2), "in mixed case"),
      changed(seed, withBlanks(sql, dialect, "\n\t "), "with more blanks"),
      changed(seed, withBlanks(sql, dialect, " /* x */ "), "with comments"),
      changed(seed, "-- DELETE FROM x\n" + sql, "behind a comment"),
      changed(seed, "/* DROP TABLE x; */ " + sql, "behind a block comment"),
      changed(seed, ";; " + sql, "behind terminators"),
      behind(seed, "SELECT 1; ", "select"),
  };
  if (!whole) return cases;
  cases.push_back(changed(seed, sql + "\n;\n-- DROP TABLE x", "before a comment"));
  cases.push_back(before(seed, "\n; SELECT 'DROP TABLE x'", "select"));
  const char open = dialect.executableComments ? '`' : '"';
  cases.push_back(changed(seed, withQuotes(sql, dialect, open, open), "with quoted names"));
  // A WHERE that only some servers execute counts as none, and several statements are no comment.
  const bool filtered = contains(sql, " WHERE ") && seed.kinds[0] != "select";
  if (dialect.executableComments && !filtered && seed.kinds.size() == 1 && !contains(sql, "/*") &&
      !contains(sql, "--") && !contains(sql, "#"))
    cases.push_back(changed(seed, "/*!50000 " + sql + " */", "in an executable comment"));
  return cases;
}

}  // namespace mydba::guard
