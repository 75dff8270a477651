#include "cli/audit_trail.h"

#include <cstdio>
#include <filesystem>

#include "base/utf8.h"
#include "cli/report.h"
#include "guard/judge.h"
#include "net/url.h"
#include "sql/anonymize.h"
#include "sql/fingerprint.h"
#include "sql/statement.h"

namespace mydba::cli {
namespace {

constexpr std::size_t maxSqlBytes = 4000;

std::string outcomeText(const Result<void>& outcome) {
  if (outcome) return "done";
  const Error& error = outcome.error();
  const std::string code(name(error.code));
  return error.engineCode.empty() ? code : code + " " + error.engineCode;
}

}  // namespace

AuditTrail::AuditTrail(std::string_view url) {
  std::error_code error;
  const auto folder = std::filesystem::current_path(error).string();
  const auto parsed = net::parseUrl(url, folder);
  connection_ = parsed ? net::renderUrl(parsed->profile, /*hasPassword=*/false) : "unknown";
}

std::optional<std::int64_t> AuditTrail::begins(std::string_view statement,
                                               const sql::Dialect& dialect) {
  // What would be held back from a read-only connection is entered; what only reads would bury it.
  const auto verdict = guard::judgeStatement(statement, dialect, {.readOnly = true});
  if (verdict.decision != guard::Decision::block) return std::nullopt;
  auto begun = entry(protocol::AuditAction::statement);
  begun.kind = sql::readStatement(statement, dialect).kindName;
  begun.sql = utf8Prefix(sql::anonymize(statement, dialect), maxSqlBytes);
  begun.fingerprint = sql::fingerprint(statement, dialect).hashText();
  return append(std::move(begun));
}

void AuditTrail::ended(std::optional<std::int64_t> began, const Result<void>& outcome,
                       std::optional<std::int64_t> rows, double elapsedMs) {
  if (!began) return;
  auto end = entry(protocol::AuditAction::statement);
  end.began = began;
  end.outcome = outcomeText(outcome);
  end.rows = rows;
  end.elapsedMs = elapsedMs;
  append(std::move(end));
}

void AuditTrail::killed(std::string_view kind, const Result<void>& outcome) {
  auto kill = entry(protocol::AuditAction::kill);
  kill.kind = kind;
  kill.outcome = outcomeText(outcome);
  append(std::move(kill));
}

protocol::AuditEntry AuditTrail::entry(protocol::AuditAction action) const {
  return {.actor = protocol::AuditActor::cli, .action = action, .connection = connection_};
}

std::optional<std::int64_t> AuditTrail::append(protocol::AuditEntry entry) {
  if (unavailable_) return std::nullopt;
  const auto failed = [this](const Error& error) {
    unavailable_ = true;
    std::fprintf(stderr, "mydba: audit: no entry is written: %s\n",
                 printable(error.message).c_str());
    return std::nullopt;
  };
  if (!log_) {
    const auto file = store::auditFile();
    if (!file) return failed(file.error());
    auto opened = store::AuditLog::open(*file);
    if (!opened) return failed(opened.error());
    log_ = std::move(*opened);
  }
  const auto seq = log_->append(std::move(entry));
  if (!seq) return failed(seq.error());
  return *seq;
}

}  // namespace mydba::cli
