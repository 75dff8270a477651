#include <algorithm>

#include "advise/sql/lint.h"
#include "cli/flags.h"
#include "cli/json_lines.h"
#include "cli/report.h"
#include "cli/sql_lint_report.h"

namespace mydba::cli {
namespace {

struct Options {
  const sql::Dialect* dialect = nullptr;
  advise::LintOptions lint;
  std::optional<protocol::Severity> failOn;
};

/// `--only ID,ID`.
Result<std::set<std::string, std::less<>>> rulesNamed(std::string_view text) {
  std::set<std::string, std::less<>> only;
  const auto known = advise::sqlRules();
  while (!text.empty()) {
    const auto comma = text.find(',');
    const std::string id(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    if (std::none_of(known.begin(), known.end(), [&](auto* rule) { return rule->id == id; }))
      return Error{.code = ErrorCode::invalidParams,
                   .message = "no rule is called \"" + id.substr(0, 60) + "\"",
                   .hint = "the id of a finding, such as select-star"};
    only.insert(id);
  }
  return only;
}

Result<Options> readOptions(const ParsedArguments& parsed) {
  Options options;
  const auto dialect = dialectOf(parsed);
  if (!dialect) return dialect.error();
  options.dialect = *dialect;
  auto only = rulesNamed(parsed.value("only").value_or(""));
  if (!only) return only.error();
  options.lint.only = std::move(*only);
  if (const auto failOn = parsed.value("fail-on")) {
    const auto read = parseSeverity(*failOn);
    if (!read) return read.error();
    options.failOn = *read;
  }
  return options;
}

bool reaches(const Options& options, const std::vector<advise::LintFinding>& findings) {
  return options.failOn && std::any_of(findings.begin(), findings.end(), [&](const auto& finding) {
           return finding.severity >= *options.failOn;
         });
}

/// In each line's answer; the status is that of the worst of them.
Exit lintLines(const Options& options) {
  bool reached = false;
  const Exit exit = eachJsonLine([&](const rpc::Json& line) -> Result<rpc::Json> {
    const auto request = sqlLine(line, *options.dialect);
    if (!request) return request.error();
    const auto findings = advise::lint(request->sql, *request->dialect, options.lint);
    reached |= reaches(options, findings);
    return lintDocument(findings);
  });
  return exit == Exit::done && reached ? Exit::findings : exit;
}

}  // namespace

Exit sqlLint(Arguments arguments) {
  constexpr Flag flags[] = {
      {"dialect", true}, {"only", true}, {"fail-on", true}, {"sarif", false}, {"jsonl", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("sql lint", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto options = readOptions(*parsed);
  if (!options) return fail("sql lint", options.error(), json);
  if (parsed->has("jsonl")) return lintLines(*options);
  const auto text = readText(*parsed);
  if (!text) return fail("sql lint", text.error(), json);
  const auto findings = advise::lint(*text, *options->dialect, options->lint);
  if (parsed->has("sarif"))
    printJson(lintSarif(findings, *text, parsed->positional.empty() ? "-" : parsed->positional[0]));
  else if (json)
    printJson(lintDocument(findings));
  else
    printFindings(findings, *text);
  return reaches(*options, findings) ? Exit::findings : Exit::done;
}

}  // namespace mydba::cli
