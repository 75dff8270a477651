#include "guard/gate.h"

#include <algorithm>

#include "guard/judge.h"
#include "guard/wording.h"
#include "sql/splitter.h"
#include "sql/statement.h"

namespace mydba::guard {
namespace {

constexpr std::string_view explainWord = "EXPLAIN ";

std::string wayOut(const Verdict& verdict, const Policy& policy) {
  if (policy.readOnly) return "the connection is read-only: use one that may write";
  for (const Reason& reason : verdict.reasons)
    if (reason.id == "chained-destructive") return "run the statements one by one";
  return "try it on a staging connection first; to confirm such statements here, allow destructive "
         "statements in the connection's own settings";
}

Error blocked(const Verdict& verdict, const Policy& policy) {
  Error error{.code = ErrorCode::refused,
              .message = "blocked: " + sentence(verdict),
              .hint = wayOut(verdict, policy)};
  if (!verdict.reasons.empty())
    error.position = static_cast<std::int64_t>(verdict.reasons.front().position);
  return error;
}

/// The verdict on a statement of several, with its places counted in the whole text. Behind another
/// one, what is destructive is confirmed by itself even where it needs no question alone.
Verdict partOf(std::string_view statement, std::size_t start, bool chained,
               const sql::Dialect& dialect, const Policy& policy) {
  Verdict verdict = judgeStatement(statement, dialect, policy);
  for (Reason& reason : verdict.reasons) reason.position += start;
  if (chained && verdict.destructive && policy.guardsDestruction()) {
    verdict.decision = std::max(verdict.decision, Decision::confirm);
    verdict.reasons.push_back({"chained-destructive", "it stands behind another statement", start});
  }
  return verdict;
}

}  // namespace

std::string sentence(const Verdict& verdict) {
  constexpr std::size_t most = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, verdict.reasons.size()); ++i)
    text += (i == 0 ? "" : "; ") + verdict.reasons[i].message;
  if (verdict.reasons.size() > most)
    text += "; and " + std::to_string(verdict.reasons.size() - most) + " more";
  return text;
}

Result<std::vector<JudgedStatement>> Gate::judge(std::string_view text) const {
  Verdict whole = guard::judge(text, *dialect_, policy_);
  if (whole.decision == Decision::block) return blocked(whole, policy_);
  const auto ranges = sql::split(text, *dialect_);
  const auto part = [&](std::size_t i) {
    return text.substr(ranges[i].start, ranges[i].end - ranges[i].start);
  };
  std::vector<JudgedStatement> statements;
  Decision worst = Decision::allow;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    // That on a whole text of one statement is its own.
    Verdict verdict =
        ranges.size() == 1 ? whole : partOf(part(i), ranges[i].start, i > 0, *dialect_, policy_);
    worst = std::max(worst, verdict.decision);
    statements.push_back({std::string(part(i)), ranges[i].start, std::move(verdict)});
  }
  // What only the whole text shows (a server in another mode would split it elsewhere, a command of
  // psql stands between the statements) is said with the first statement.
  if (!statements.empty() && worst < whole.decision) statements.front().verdict_ = std::move(whole);
  return statements;
}

Result<JudgedStatement> Gate::weigh(JudgedStatement statement, std::int64_t rows) const {
  if (!policy_.limitsRows() || rows <= static_cast<std::int64_t>(policy_.rowLimit))
    return statement;
  Verdict& verdict = statement.verdict_;
  verdict.reasons.insert(verdict.reasons.begin(),
                         {"many-rows",
                          "it changes " + counted(rows, "row") + ", and the limit is " +
                              grouped(static_cast<std::int64_t>(policy_.rowLimit)),
                          statement.start()});
  const bool prod = policy_.environment == Environment::prod;
  verdict.decision = prod ? Decision::block : Decision::confirm;
  verdict.risk = std::max(verdict.risk, Risk::high);
  if (!prod) return statement;
  Error error = blocked(verdict, policy_);
  error.hint = "change fewer rows at a time, or raise the limit in your settings";
  return error;
}

Result<CheckedStatement> Gate::admit(JudgedStatement statement, const Confirm& confirm) const {
  if (statement.verdict().decision == Decision::allow)
    return CheckedStatement(std::move(statement), std::nullopt);
  if (!confirm)
    return Error{.code = ErrorCode::refused,
                 .message = "not run, because it must be confirmed and nobody can be asked here: " +
                            sentence(statement.verdict())};
  const auto answer = confirm(statement);
  if (!answer) return answer.error();
  if (*answer == Confirmation::declined)
    return Error{.code = ErrorCode::refused, .message = "not run: it was not confirmed"};
  return CheckedStatement(std::move(statement), *answer);
}

Result<CheckedStatement> Gate::admitToExplain(std::string_view text, bool analyze,
                                              const Confirm& confirm) const {
  const auto ranges = sql::split(text, *dialect_);
  if (ranges.size() != 1)
    return Error{.code = ErrorCode::invalidParams,
                 .message = ranges.empty() ? "there is no statement to explain"
                                           : "only one statement can be explained at a time"};
  const std::size_t start = ranges[0].start;
  std::string statement(text.substr(start, ranges[0].end - start));
  const std::string explained = std::string(explainWord) + statement;
  Verdict verdict = guard::judge(analyze ? statement : explained, *dialect_, policy_);
  for (Reason& reason : verdict.reasons) {
    if (!analyze) reason.position -= std::min(reason.position, explainWord.size());
    reason.position += start;
  }
  if (verdict.decision == Decision::block) return blocked(verdict, policy_);
  // A plan alone runs nothing. What is not proved then is a function that a planner may call to
  // fold it into a constant: MySQL and MariaDB are asked in a READ ONLY transaction, and PostgreSQL
  // lets no function write that it would fold ("is not allowed in a non-volatile function").
  const bool runs = analyze || sql::readStatement(explained, *dialect_).analyzes;
  JudgedStatement judged(std::move(statement), start, std::move(verdict));
  if (!runs) return CheckedStatement(std::move(judged), std::nullopt);
  return admit(std::move(judged), confirm);
}

}  // namespace mydba::guard
