#include "store/audit_trail.h"

#include "base/utf8.h"
#include "engines/engine.h"
#include "guard/judge.h"
#include "net/url.h"
#include "sql/anonymize.h"
#include "sql/fingerprint.h"
#include "sql/keyword.h"
#include "sql/lexer.h"
#include "sql/statement.h"

namespace mydba::store {
namespace {

using protocol::AuditAction;

constexpr std::size_t maxSqlBytes = 4000;
constexpr std::size_t maxNameBytes = 400;

std::string outcomeText(const Result<void>& outcome) {
  if (outcome) return "done";
  const Error& error = outcome.error();
  const std::string code(name(error.code));
  return error.engineCode.empty() ? code : code + " " + error.engineCode;
}

bool changesServer(const sql::Setting& setting) {
  return setting.scope == sql::SettingScope::global || setting.scope == sql::SettingScope::persist;
}

/// Names that a statement sets, when that is what it is: SET GLOBAL, ALTER SYSTEM, CONFIG SET, a
/// PRAGMA. Empty for any other.
std::string variablesOf(const sql::Statement& statement) {
  std::string names;
  const auto add = [&names](std::string_view name) {
    if (!names.empty()) names += ", ";
    names += name;
  };
  if (statement.pragma) add(statement.pragma->name);
  const bool isSet = statement.kind == sql::StatementKind::set;
  for (const auto& setting : statement.settings)
    if (isSet || changesServer(setting)) add(setting.name);
  // CONFIG SET name value [name value …], of which only the first is surely a name: what follows a
  // password with a blank in it, that somebody did not quote, is a piece of the password.
  const auto& words = statement.arguments;
  if (statement.kindName == "config" && words.size() > 2 && sql::lowerCase(words[1]) == "set")
    add(words[2]);
  return std::string(utf8Prefix(names, maxNameBytes));
}

/// True when a text that another dialect would quote stands as bare words: `$tag$…$tag$`, or
/// `'it\'s …'`, where a word touches the quote before it. Where a mode of the server decides what a
/// backslash is, the anonymiser has thought of it (sql/other_readings.h).
bool quotesAsAnother(std::string_view statement, const sql::Dialect& dialect) {
  if (dialect.modesDecideQuotes) return false;
  sql::Lexer lexer(statement, dialect);
  std::size_t quotesEnd = statement.npos;
  for (sql::Token token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    const bool word = token.kind == sql::TokenKind::word;
    if (word && token.start == quotesEnd) return true;
    const bool code = word || token.kind == sql::TokenKind::symbol;
    if (code && lexer.textOf(token).ends_with('$')) return true;
    const bool quoted =
        token.kind == sql::TokenKind::string || token.kind == sql::TokenKind::quotedName;
    quotesEnd = quoted ? token.end : statement.npos;
  }
  return false;
}

/// The statement without its values. Of text that is not this dialect's at most the verb is
/// kept, since what is a value in it cannot be told: `AUTH hunter2` sent to SQLite.
std::string withoutValues(std::string_view statement, const sql::Statement& read,
                          const sql::Dialect& dialect) {
  const bool understood = read.complete && read.kind != sql::StatementKind::unknown &&
                          !quotesAsAnother(statement, dialect);
  if (!understood && !dialect.lineCommands)
    return read.kind == sql::StatementKind::unknown ? "…" : read.verb + " …";
  return std::string(utf8Prefix(sql::anonymize(statement, dialect), maxSqlBytes));
}

}  // namespace

AuditScope auditScope(protocol::AuditActor actor, const protocol::ConnectionProfile& profile) {
  return {.actor = actor,
          .connection = net::renderUrl(profile, /*hasPassword=*/false),
          .environment = profile.environment,
          .dialect = &dialectOf(profile.engine)};
}

Result<std::vector<guard::JudgedStatement>> AuditTrail::judge(const guard::Gate& gate,
                                                              std::string_view text) const {
  auto statements = gate.judge(text);
  if (!statements) refused(text, guard::Decision::block, statements.error());
  return statements;
}

Result<guard::CheckedStatement> AuditTrail::admit(const guard::Gate& gate,
                                                  guard::JudgedStatement statement,
                                                  const guard::Confirm& confirm) const {
  const auto verdict = statement.verdict().decision;
  const std::string text(verdict == guard::Decision::allow ? "" : statement.text());
  auto admitted = gate.admit(std::move(statement), confirm);
  if (!admitted) refused(text, verdict, admitted.error());
  return admitted;
}

Result<std::optional<AuditBeginning>> AuditTrail::begins(
    const guard::CheckedStatement& statement) const {
  return begins(statement.text(), statement.verdict(), statement.confirmation());
}

Result<std::optional<AuditBeginning>> AuditTrail::begins(
    const guard::JudgedStatement& statement) const {
  return begins(statement.text(), statement.verdict(), std::nullopt);
}

Result<std::optional<AuditBeginning>> AuditTrail::begins(
    std::string_view statement, const guard::Verdict& verdict,
    std::optional<guard::Confirmation> confirmed) const {
  if (verdict.decision == guard::Decision::allow && !isHeldWhenReadOnly(statement, verdict))
    return std::optional<AuditBeginning>();
  auto begun = describe(statement);
  begun.verdict = verdict.decision;
  begun.confirmed = confirmed;
  const auto action = begun.action;
  const auto seq = writer_->append(std::move(begun));
  if (!seq) return seq.error();
  if (!*seq) return std::optional<AuditBeginning>();
  return std::optional(AuditBeginning{**seq, action});
}

void AuditTrail::ended(const std::optional<AuditBeginning>& began, const Result<void>& outcome,
                       std::optional<std::int64_t> rows, double elapsedMs) const {
  addEnding(began, outcomeText(outcome), rows, elapsedMs);
}

void AuditTrail::rolledBack(const std::optional<AuditBeginning>& began, std::int64_t rows,
                            double elapsedMs) const {
  addEnding(began, "rolledBack", rows, elapsedMs);
}

void AuditTrail::addEnding(const std::optional<AuditBeginning>& began, std::string outcome,
                           std::optional<std::int64_t> rows, double elapsedMs) const {
  if (!began) return;
  auto end = entry(began->action);
  end.began = began->seq;
  end.outcome = std::move(outcome);
  end.rows = rows;
  end.elapsedMs = elapsedMs;
  add(std::move(end));
}

void AuditTrail::tookBack(const std::optional<AuditBeginning>& began, const Result<void>& outcome,
                          double elapsedMs) const {
  addEnding(began, outcome ? "rolledBack" : outcomeText(outcome), {}, elapsedMs);
}

void AuditTrail::enabledInstruments(const Result<void>& outcome) const {
  auto enabled = entry(AuditAction::variable);
  enabled.kind = "set";
  enabled.variable = "instruments of a profile";
  enabled.outcome = outcomeText(outcome);
  add(std::move(enabled));
}

void AuditTrail::endedTransaction(bool commit, const Result<void>& outcome) const {
  auto end = entry(AuditAction::statement);
  end.kind = commit ? "commit" : "rollback";
  end.sql = commit ? "COMMIT" : "ROLLBACK";
  end.outcome = outcomeText(outcome);
  add(std::move(end));
}

void AuditTrail::connected(std::string_view kind, const Result<void>& outcome) const {
  auto connect = entry(AuditAction::connect);
  connect.kind = kind;
  connect.outcome = outcomeText(outcome);
  add(std::move(connect));
}

void AuditTrail::killed(std::string_view kind, const Result<void>& outcome) const {
  auto kill = entry(AuditAction::kill);
  kill.kind = kind;
  kill.outcome = outcomeText(outcome);
  add(std::move(kill));
}

protocol::AuditEntry AuditTrail::entry(AuditAction action) const {
  return {.actor = scope_.actor,
          .action = action,
          .connection = scope_.connection,
          .environment = scope_.environment};
}

bool AuditTrail::isHeldWhenReadOnly(std::string_view statement,
                                    const guard::Verdict& verdict) const {
  // A proved read is not, so most statements need not be judged a second time.
  if (verdict.readOnly) return false;
  const auto asRead = guard::judgeStatement(statement, *scope_.dialect, {.readOnly = true});
  return asRead.decision == guard::Decision::block;
}

protocol::AuditEntry AuditTrail::describe(std::string_view statement) const {
  const auto read = sql::readStatement(statement, *scope_.dialect);
  const auto variables = variablesOf(read);
  auto described = entry(variables.empty() ? AuditAction::statement : AuditAction::variable);
  described.kind = read.kindName;
  if (!variables.empty()) described.variable = variables;
  described.sql = withoutValues(statement, read, *scope_.dialect);
  described.fingerprint = sql::fingerprint(statement, *scope_.dialect).hashText();
  return described;
}

void AuditTrail::refused(std::string_view statement, guard::Decision verdict,
                         const Error& error) const {
  if (error.code != ErrorCode::refused) return;  // cancelled: nobody has decided
  auto held = describe(statement);
  held.verdict = verdict;
  if (verdict == guard::Decision::confirm) held.confirmed = protocol::AuditConfirmation::declined;
  held.outcome = name(ErrorCode::refused);
  add(std::move(held));
}

void AuditTrail::add(protocol::AuditEntry entry) const {
  // What has happened already cannot be stopped by a log that fails: the writer has told it.
  static_cast<void>(writer_->append(std::move(entry)));
}

}  // namespace mydba::store
