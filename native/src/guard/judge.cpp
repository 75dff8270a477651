#include "guard/judge.h"

#include <algorithm>
#include <string>

#include "guard/examine.h"
#include "sql/facts.h"
#include "sql/lexer.h"
#include "sql/splitter.h"

namespace mydba::guard {
namespace {

void raise(Verdict& verdict, Decision decision, Risk risk) {
  verdict.decision = std::max(verdict.decision, decision);
  verdict.risk = std::max(verdict.risk, risk);
}

/// The check's message with what it was found at.
std::string message(const Finding& finding) {
  std::string text(finding.check->message);
  if (const auto place = text.find("{}"); place != std::string::npos)
    text.replace(place, 2, finding.detail);
  return text;
}

// Nobody reads more, and comparing with all before would cost the square of a hostile text.
constexpr std::size_t mostReasons = 100;

void addReason(Verdict& verdict, Reason reason) {
  if (verdict.reasons.size() >= mostReasons) return;
  for (const Reason& known : verdict.reasons)
    if (known.id == reason.id && known.message == reason.message) return;
  verdict.reasons.push_back(std::move(reason));
}

void apply(const Finding& finding, const Policy& policy, Verdict& verdict) {
  const Check& check = *finding.check;
  raise(verdict, decide(check, policy), check.risk);
  if (check.nature != Nature::notice) verdict.readOnly = false;
  if (check.nature == Nature::destruction) verdict.destructive = true;
  // What a session does for itself needs no explanation where it is allowed.
  if (check.nature != Nature::session && (check.nature != Nature::lifting || policy.readOnly))
    addReason(verdict, {std::string(check.id), message(finding), finding.position});
  if (policy.readOnly && check.nature >= Nature::lifting)
    addReason(verdict, {"read-only", "the connection is read-only, and this is not a proved read",
                        finding.position});
}

Verdict judgeRead(std::string_view text, const sql::Statement& statement,
                  const sql::Dialect& dialect, const Policy& policy) {
  Verdict verdict;
  for (const Finding& finding : examine(text, statement, dialect, policy))
    apply(finding, policy, verdict);
  if (sql::isDestructive(statement)) verdict.destructive = true;
  verdict.typed = verdict.decision == Decision::confirm && verdict.risk == Risk::critical &&
                  policy.environment == Environment::prod;
  std::stable_sort(verdict.reasons.begin(), verdict.reasons.end(),
                   [](const Reason& a, const Reason& b) { return a.position < b.position; });
  return verdict;
}

/// Adds the verdict on one statement, which begins at `start`, to that on the whole text.
void join(Verdict& whole, Verdict part, std::size_t start) {
  raise(whole, part.decision, part.risk);
  whole.destructive |= part.destructive;
  whole.readOnly &= part.readOnly;
  whole.typed |= part.typed;
  for (Reason& reason : part.reasons) {
    reason.position += start;
    addReason(whole, std::move(reason));
  }
}

std::string plural(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

/// `SELECT 1 /*! ; DROP TABLE t; */`: the clients take the comment for one, so that the dumps of
/// routines stay whole, but the server ends a statement at every `;` that it executes.
void splitExecutable(std::string_view text, const sql::Dialect& dialect, sql::StatementRange range,
                     std::vector<sql::StatementRange>& out) {
  const auto part = text.substr(range.start, range.end - range.start);
  sql::Lexer lexer(part, dialect);
  const std::size_t end = range.end;
  for (auto token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    if (token.kind != sql::TokenKind::terminator || !lexer.insideExecutable()) continue;
    range.end = end - part.size() + token.start;
    out.push_back(range);
    range.start = end - part.size() + token.end;
  }
  range.end = end;
  const auto rest = sql::split(text.substr(range.start, end - range.start), dialect);
  if (!rest.empty() || out.empty()) out.push_back(range);
}

/// The statements of the text as the server may see them.
std::vector<sql::StatementRange> statementsOf(std::string_view text, const sql::Dialect& dialect) {
  const auto found = sql::split(text, dialect);
  if (!dialect.executableComments || text.find("/*") == text.npos) return found;
  std::vector<sql::StatementRange> ranges;
  for (const auto& range : found) {
    const auto part = text.substr(range.start, range.end - range.start);
    const bool body = sql::readFacts(part, dialect).kind == sql::StatementKind::create;
    body ? ranges.push_back(range) : splitExecutable(text, dialect, range, ranges);
  }
  return ranges;
}

/// A comment that ends the text, right behind the last statement, and has a quote in it: `… -- '`.
void noticeSwallowedQuote(std::string_view text, const sql::Dialect& dialect, std::size_t end,
                          Verdict& verdict) {
  sql::Lexer lexer(text.substr(end), dialect);
  const sql::Token token = lexer.next();
  if (token.kind != sql::TokenKind::comment ||
      lexer.textOf(token).find_first_of("'\"") == std::string_view::npos ||
      lexer.next().kind != sql::TokenKind::end)
    return;
  const Check& check = *findCheck("comment-swallows-quote");
  raise(verdict, Decision::allow, check.risk);
  addReason(verdict, {std::string(check.id), std::string(check.message), end + token.start});
}

/// Commands of psql are no statements, but some of them run programs (`\!`) or what a query answers
/// (`\gexec`). The rows behind COPY … FROM STDIN are none.
void confirmClientCommands(std::string_view text, const sql::Dialect& dialect,
                           const std::vector<sql::StatementRange>& ranges, const Policy& policy,
                           Verdict& verdict) {
  if (!dialect.psqlCommands) return;
  for (std::size_t i = 0; i <= ranges.size(); ++i) {
    const std::size_t start = i == 0 ? 0 : ranges[i - 1].end;
    const std::size_t end = i < ranges.size() ? ranges[i].start : text.size();
    if (i > 0 &&
        sql::readFacts(text.substr(ranges[i - 1].start, start - ranges[i - 1].start), dialect)
                .kind == sql::StatementKind::copy)
      continue;
    sql::Lexer lexer(text.substr(start, end - start), dialect);
    for (auto token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next())
      if (lexer.textOf(token) == "\\")
        return apply({findCheck("not-understood"), "a command of psql", start + token.start},
                     policy, verdict);
  }
}

struct Reading {
  Verdict verdict;
  bool dependsOnMode = false;
};

/// One reading of the text, statement by statement.
Reading judgeReading(std::string_view text, const sql::Dialect& dialect, const Policy& policy,
                     bool onlyComplete) {
  Reading reading;
  Verdict& whole = reading.verdict;
  std::size_t destructive = 0;
  std::size_t firstChained = std::string_view::npos;
  const auto ranges = statementsOf(text, dialect);
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const auto part = text.substr(ranges[i].start, ranges[i].end - ranges[i].start);
    const auto statement = sql::readStatement(part, dialect);
    reading.dependsOnMode |= statement.dependsOnMode;
    // The server stops where its grammar does.
    if (onlyComplete && !statement.complete) break;
    Verdict verdict = judgeRead(part, statement, dialect, policy);
    if (verdict.destructive) {
      ++destructive;
      if (i > 0) firstChained = std::min(firstChained, ranges[i].start);
    }
    join(whole, std::move(verdict), ranges[i].start);
  }
  confirmClientCommands(text, dialect, ranges, policy, whole);
  if (!ranges.empty() && !dialect.lineCommands)
    noticeSwallowedQuote(text, dialect, ranges.back().end, whole);
  if (ranges.size() > 1)
    whole.reasons.insert(
        whole.reasons.begin(),
        {"several-statements",
         plural(ranges.size(), "statement") + ", " +
             (destructive ? std::to_string(destructive) : "none") + " of them destructive",
         ranges[0].start});
  if (firstChained != std::string_view::npos && !policy.confirmsEach &&
      policy.guardsDestruction()) {
    raise(whole, Decision::block, Risk::critical);
    whole.reasons.push_back({"chained-destructive",
                             "a destructive statement stands behind another one; run it by itself",
                             firstChained});
  }
  return reading;
}

/// Adds what another mode of the server would make of the text. The mode is not known here, so what
/// only that reading blocks must be confirmed.
void joinOtherMode(Verdict& verdict, Verdict other, const Policy& policy) {
  verdict.readOnly = verdict.readOnly && other.readOnly;
  if (other.decision <= verdict.decision) return;
  if (!policy.readOnly) other.decision = Decision::confirm;
  // The words that it begins with are values in the usual mode.
  for (Reason& reason : other.reasons)
    if (reason.id == "not-understood")
      reason.message = "cannot be understood in that mode, so nothing is known of what it does";
  join(verdict, std::move(other), 0);
  verdict.reasons.push_back(
      {"depends-on-mode",
       "a server in another mode ends the quotes elsewhere (NO_BACKSLASH_ESCAPES, "
       "standard_conforming_strings) and runs more than it seems",
       0});
}

}  // namespace

Verdict judge(std::string_view text, const sql::Dialect& dialect, const Policy& policy) {
  Reading reading = judgeReading(text, dialect, policy, /*onlyComplete=*/false);
  if (!reading.dependsOnMode) return std::move(reading.verdict);
  sql::Dialect other = dialect;
  other.backslashEscapes = !other.backslashEscapes;
  Reading second = judgeReading(text, other, policy, /*onlyComplete=*/true);
  joinOtherMode(reading.verdict, std::move(second.verdict), policy);
  return std::move(reading.verdict);
}

Verdict judgeStatement(std::string_view statement, const sql::Dialect& dialect,
                       const Policy& policy) {
  return judgeRead(statement, sql::readStatement(statement, dialect), dialect, policy);
}

}  // namespace mydba::guard
