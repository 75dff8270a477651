#include "advise/sql/lint.h"
#include "dispatch.h"
#include "sql/facts.h"
#include "sql/splitter.h"
#include "sql/statement_at.h"
#include "sql/text_position.h"

namespace mydba::server::handlers {

Result<protocol::SplitResult> sqlSplit(Call&, const protocol::SplitParams& params) {
  const sql::Dialect* dialect =
      params.dialect ? sql::findDialect(*params.dialect) : &sql::genericDialect();
  if (!dialect)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "unknown dialect \"" + params.dialect->substr(0, 40) + "\""};
  protocol::SplitResult result;
  const std::string_view text = params.text;
  sql::Utf16Cursor units(text);
  const auto ranges = sql::split(text, *dialect);
  for (const auto& range : ranges) {
    const auto statement = text.substr(range.start, range.end - range.start);
    // In braces, evaluation goes left to right, so that `units` only moves forwards.
    result.statements.push_back(
        protocol::StatementRange{.start = units.at(range.start),
                                 .end = units.at(range.end),
                                 .explainable = sql::readFacts(statement, *dialect).explainable});
  }
  if (!params.cursor) return result;
  if (const auto at = sql::statementAt(text, ranges, sql::byteAt(text, *params.cursor)))
    result.current = static_cast<std::int64_t>(*at);
  return result;
}

namespace {

/// `units` stands at or before the first edit.
protocol::LintFix fixOf(advise::Fix fix, sql::Utf16Cursor units) {
  protocol::LintFix out{.title = std::move(fix.title), .edits = {}};
  for (auto& edit : fix.edits)
    out.edits.push_back(protocol::TextEdit{
        .start = units.at(edit.start), .end = units.at(edit.end), .text = std::move(edit.text)});
  return out;
}

}  // namespace

Result<protocol::LintResult> sqlLint(Call&, const protocol::LintParams& params) {
  const sql::Dialect* dialect =
      params.dialect ? sql::findDialect(*params.dialect) : &sql::genericDialect();
  if (!dialect)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "unknown dialect \"" + params.dialect->substr(0, 40) + "\""};
  const std::string_view text = params.text;
  protocol::LintResult result;
  sql::Utf16Cursor units(text);
  std::optional<int> version;
  if (params.versionNumber) version = static_cast<int>(*params.versionNumber / 100);
  for (auto& found : advise::lint(text, *dialect, {.only = {}, .version = version})) {
    // What is behind the start is counted by copies: findings overlap, and the cursor only moves
    // forwards. The rare fix that begins before what it is for is counted from the beginning.
    const std::int64_t start = units.at(found.start);
    sql::Utf16Cursor behind = units;
    protocol::LintFinding finding{.id = std::string(found.id),
                                  .severity = found.severity,
                                  .message = std::move(found.message),
                                  .start = start,
                                  .end = behind.at(found.end),
                                  .citation = std::move(found.citation)};
    if (found.fix && !found.fix->edits.empty()) {
      const bool earlier = found.fix->edits.front().start < found.start;
      finding.fix = fixOf(std::move(*found.fix), earlier ? sql::Utf16Cursor(text) : units);
    }
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace mydba::server::handlers
