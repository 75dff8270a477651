#include <algorithm>

#include "dispatch.h"
#include "guard/judge.h"
#include "server/server.h"
#include "sql/splitter.h"
#include "sql/text_position.h"

namespace mydba::server::handlers {
namespace {

/// One past the word that a finding is about.
std::size_t wordEnd(std::string_view text, std::size_t start, std::size_t limit) {
  const auto isWord = [](unsigned char c) {
    return c == '_' || c == '$' || c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  };
  std::size_t end = start;
  while (end < limit && isWord(static_cast<unsigned char>(text[end]))) ++end;
  return std::max(end, std::min(start + 1, limit));
}

void addFindings(std::string_view text, sql::StatementRange range, guard::Verdict verdict,
                 sql::Utf16Cursor& cursor, std::vector<protocol::GuardFinding>& out) {
  std::stable_sort(verdict.reasons.begin(), verdict.reasons.end(),
                   [](const auto& a, const auto& b) { return a.position < b.position; });
  for (auto& reason : verdict.reasons) {
    const std::size_t start = std::min(range.start + reason.position, range.end);
    const std::int64_t startUnits = cursor.at(start);
    // Two findings at one word: the cursor only moves forwards, so it is counted by a copy.
    sql::Utf16Cursor behind = cursor;
    out.push_back({.id = std::move(reason.id),
                   .message = std::move(reason.message),
                   .decision = verdict.decision,
                   .risk = verdict.risk,
                   .start = startUnits,
                   .end = behind.at(wordEnd(text, start, range.end))});
  }
}

}  // namespace

Result<protocol::Empty> guardConfigure(Call& call, const protocol::GuardSettings& settings) {
  call.server().configure(settings);
  return protocol::Empty{};
}

Result<protocol::GuardCheckResult> guardCheck(Call& call,
                                              const protocol::GuardCheckParams& params) {
  const sql::Dialect* dialect =
      params.dialect ? sql::findDialect(*params.dialect) : &sql::genericDialect();
  if (!dialect)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "unknown dialect \"" + params.dialect->substr(0, 40) + "\""};
  protocol::ConnectionProfile profile;
  profile.environment = params.environment;
  profile.allowDestructive = params.allowDestructive;
  profile.readOnly = params.readOnly;
  const guard::Policy policy = call.server().policyOf(profile);
  protocol::GuardCheckResult result;
  const std::string_view text = params.text;
  sql::Utf16Cursor cursor(text);
  // Statement by statement: a file is not run as a whole.
  for (const auto& range : sql::split(text, *dialect)) {
    if (call.cancel().cancelled()) return call.cancel().error();
    const auto statement = text.substr(range.start, range.end - range.start);
    addFindings(text, range, guard::judgeStatement(statement, *dialect, policy), cursor,
                result.findings);
  }
  return result;
}

}  // namespace mydba::server::handlers
