#include <algorithm>

#include "advise/catalogue/connected_tables.h"
#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/json_lines.h"
#include "cli/open_connection.h"
#include "cli/report.h"
#include "cli/sql_lint_report.h"

namespace mydba::cli {
namespace {

using Findings = std::vector<advise::LintFinding>;

struct Options {
  std::optional<std::string> url;
  bool allTables = false;
  const sql::Dialect* dialect = nullptr;  ///< without --dialect that of the connection
  advise::LintOptions lint;
  std::optional<protocol::Severity> failOn;
};

Error noSuchRule(const std::string& id, bool needsUrl) {
  return needsUrl ? Error{.code = ErrorCode::invalidParams,
                          .message = "the rule " + id + " judges tables",
                          .hint = "say with --url where they are"}
                  : Error{.code = ErrorCode::invalidParams,
                          .message = "no rule is called \"" + id.substr(0, 60) + "\"",
                          .hint = "the id of a finding, such as select-star"};
}

/// `--only ID,ID`.
Result<advise::RuleNames> rulesNamed(std::string_view text, bool withTables) {
  advise::RuleNames only;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const std::string id(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    const auto isIt = [&](auto* rule) { return rule->id == id; };
    const bool ofTables = std::ranges::any_of(advise::tableRules(), isIt);
    if (ofTables ? !withTables : std::ranges::none_of(advise::sqlRules(), isIt))
      return noSuchRule(id, ofTables);
    only.insert(id);
  }
  return only;
}

Result<Options> readOptions(const ParsedArguments& parsed) {
  Options options{.url = parsed.value("url"), .allTables = parsed.has("all-tables")};
  if (options.allTables && (!options.url || !parsed.positional.empty() || parsed.has("jsonl")))
    return Error{.code = ErrorCode::invalidParams,
                 .message = "--all-tables needs --url, and judges no text",
                 .hint = "mydba sql lint --url URL --all-tables"};
  if (!options.url || parsed.has("dialect")) {
    const auto dialect = dialectOf(parsed);
    if (!dialect) return dialect.error();
    options.dialect = *dialect;
  }
  auto only = rulesNamed(parsed.value("only").value_or(""), options.url.has_value());
  if (!only) return only.error();
  options.lint.only = std::move(*only);
  if (const auto failOn = parsed.value("fail-on")) {
    const auto read = parseSeverity(*failOn);
    if (!read) return read.error();
    options.failOn = *read;
  }
  return options;
}

/// The rules for text, and with a connection those for tables too.
class Judge {
 public:
  Judge(const Options& options, Connection* connection, const CancelToken& cancel)
      : options_(options), cancel_(cancel) {
    if (connection) tables_.emplace(*connection->catalogue());
  }

  Result<Findings> judge(std::string_view text, const sql::Dialect& dialect) {
    Findings findings = advise::lint(text, dialect, options_.lint);
    if (!tables_) return findings;
    auto more = tables_->lintUsed(text, dialect, options_.lint.only, cancel_);
    if (!more) return more.error();
    std::ranges::move(*more, std::back_inserter(findings));
    std::ranges::stable_sort(findings, {}, &advise::LintFinding::start);
    return findings;
  }

  Result<Findings> judgeAllTables() {
    auto findings = tables_->lintAll(options_.lint.only, cancel_);
    if (findings && tables_->cut())
      std::fprintf(stderr,
                   "mydba: sql lint: there are more than %d tables; the others were left out\n",
                   advise::ConnectedTables::mostTables);
    return findings;
  }

 private:
  const Options& options_;
  std::optional<advise::ConnectedTables> tables_;
  const CancelToken& cancel_;
};

bool reaches(const Options& options, const Findings& findings) {
  return options.failOn && std::any_of(findings.begin(), findings.end(), [&](const auto& finding) {
           return finding.severity >= *options.failOn;
         });
}

/// In each line's answer; the status is that of the worst of them.
Exit lintLines(const Options& options, Judge& judge) {
  bool reached = false;
  const Exit exit = eachJsonLine([&](const rpc::Json& line) -> Result<rpc::Json> {
    const auto request = sqlLine(line, *options.dialect);
    if (!request) return request.error();
    const auto findings = judge.judge(request->sql, *request->dialect);
    if (!findings) return findings.error();
    reached |= reaches(options, *findings);
    return lintDocument(*findings);
  });
  return exit == Exit::done && reached ? Exit::findings : exit;
}

Exit lintText(const Options& options, Judge& judge, const ParsedArguments& parsed) {
  const bool json = parsed.has("json");
  const auto text = options.allTables ? Result<std::string>(std::string()) : readText(parsed);
  if (!text) return fail("sql lint", text.error(), json);
  const auto findings =
      options.allTables ? judge.judgeAllTables() : judge.judge(*text, *options.dialect);
  if (!findings) return fail("sql lint", findings.error(), json);
  if (parsed.has("sarif"))
    printJson(lintSarif(*findings, *text, parsed.positional.empty() ? "-" : parsed.positional[0]));
  else if (json)
    printJson(lintDocument(*findings));
  else
    printFindings(*findings, *text);
  return reaches(options, *findings) ? Exit::findings : Exit::done;
}

Exit lint(const Options& options, Connection* connection, const CancelToken& cancel,
          const ParsedArguments& parsed) {
  Judge judge(options, connection, cancel);
  return parsed.has("jsonl") ? lintLines(options, judge) : lintText(options, judge, parsed);
}

}  // namespace

Exit sqlLint(Arguments arguments) {
  constexpr Flag flags[] = {{"dialect", true}, {"url", true},     {"all-tables", false},
                            {"only", true},    {"fail-on", true}, {"sarif", false},
                            {"jsonl", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("sql lint", parsed.error(), false);
  const bool json = parsed->has("json");
  auto options = readOptions(*parsed);
  if (!options) return fail("sql lint", options.error(), json);
  if (!options->url) return lint(*options, nullptr, CancelToken(), *parsed);
  Interrupt interrupt;
  const CancelToken cancel = interrupt.token();
  const auto open = openConnection(*options->url, /*readOnly=*/true, cancel);
  if (!open) return fail("connect", open.error(), json);
  Connection& connection = *open->connection;
  if (!options->dialect) options->dialect = &dialectOf(connection);
  options->lint.version = static_cast<int>(connection.server().versionNumber / 100);
  return lint(*options, &connection, cancel, *parsed);
}

}  // namespace mydba::cli
