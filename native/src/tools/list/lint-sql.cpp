#include <algorithm>

#include "advise/catalogue/connected_tables.h"
#include "base/utf8.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

constexpr std::size_t mostFindings = 20;
constexpr std::size_t mostQuoted = 200;  ///< bytes of the text that a finding is about
constexpr std::size_t mostLines = 500;   ///< bytes of the lines that a fix changes

/// The lines of `text` that a fix touches, put right; nothing when they are long.
std::optional<std::string> linesPutRight(std::string_view text, const advise::Fix& fix) {
  const auto before = text.substr(0, fix.edits.front().start).rfind('\n');
  std::size_t from = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t to = std::min(text.find('\n', fix.edits.back().end), text.size());
  if (to - from > mostLines) return std::nullopt;
  std::string lines;
  for (const auto& edit : fix.edits) {
    lines += text.substr(from, edit.start - from);
    lines += edit.text;
    from = edit.end;
  }
  return lines += text.substr(from, to - from);
}

Json findingJson(const advise::LintFinding& finding, std::string_view sql) {
  const auto line =
      1 + std::count(sql.begin(), sql.begin() + static_cast<long>(finding.start), '\n');
  Json json = {
      {"id", finding.id},
      {"severity", protocol::name(finding.severity)},
      {"message", finding.message},
      {"line", line},
      {"text", utf8Prefix(sql.substr(finding.start, finding.end - finding.start), mostQuoted)},
      {"document", finding.citation.anchor},
      {"url", finding.citation.url}};
  if (finding.fix) {
    json["fix"]["title"] = finding.fix->title;
    if (auto lines = linesPutRight(sql, *finding.fix)) json["fix"]["lines"] = std::move(*lines);
  }
  return json;
}

Json answerOf(const std::string& sql, const sql::Dialect& dialect,
              const std::vector<advise::LintFinding>& findings) {
  Json list = Json::array();
  for (const auto& finding : findings) {
    if (list.size() == mostFindings) break;
    list.push_back(findingJson(finding, sql));
  }
  Json answer = {{"dialect", dialect.name}, {"findings", std::move(list)}};
  if (findings.size() > mostFindings) answer["more"] = findings.size() - mostFindings;
  return answer;
}

/// By the rules for text, and those for the tables that it uses.
Result<Json> judged(const std::string& sql, const Bench& bench) {
  const sql::Dialect& dialect = dialectOf(bench.connection);
  const int version = static_cast<int>(bench.connection.server().versionNumber / 100);
  auto findings = advise::lint(sql, dialect, {.only = {}, .version = version});
  advise::ConnectedTables tables(*bench.connection.catalogue());
  const auto more = tables.lintUsed(sql, dialect, {}, bench.cancel);
  if (!more) return more.error();
  findings.insert(findings.end(), more->begin(), more->end());
  return answerOf(sql, dialect, findings);
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto sql = arguments.text("sql");
  const auto connection = arguments.optionalText("connection");
  const auto dialect = arguments.optionalText("dialect", 50);
  if (auto complete = arguments.complete(); !complete) return complete.error();
  if (connection)
    return desk.withConnection(*connection, Access::read,
                               [sql](const Bench& bench) { return judged(sql, bench); });
  const sql::Dialect* named = dialect ? sql::findDialect(*dialect) : &sql::genericDialect();
  if (!named)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "dialect: there is none of that name",
                 .hint = "postgres, mysql, mariadb or sqlite"};
  return answerOf(sql, *named, advise::lint(sql, *named));
}

}  // namespace

extern const Tool lintSql{
    .name = "lint_sql",
    .title = "Judge SQL by rules",
    .description =
        "What is wrong, slow or dangerous in the text of SQL statements, by rules and without "
        "running them; with a connection also in the tables that they use (indexes, keys, types). "
        "Each finding has the place, the reason, the document and, where it is certain, the text "
        "put right. Use it on SQL that was written or generated, before it is run or shown.",
    .run = run};

}  // namespace mydba::tools
