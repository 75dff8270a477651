#include <algorithm>
#include <cstdio>

#include "advise/variables/judge.h"
#include "advise/variables/quantity.h"
#include "base/utf8.h"
#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/open_connection.h"
#include "cli/report.h"

namespace mydba::cli {
namespace {

using advise::VariableFinding;
using protocol::Variable;

/// The worst finding on a setting; null when there is none.
const protocol::Finding* riskOf(const Variable& variable,
                                const std::vector<VariableFinding>& findings) {
  const auto found = std::ranges::find(findings, variable.name, &VariableFinding::variable);
  return found == findings.end() ? nullptr : &found->finding;
}

rpc::Json orNull(const std::optional<std::string>& text) {
  return text ? rpc::Json(*text) : rpc::Json();
}

rpc::Json riskJson(const protocol::Finding* finding) {
  if (!finding) return {};
  return {{"id", finding->id},
          {"severity", protocol::name(finding->severity)},
          {"message", finding->message},
          {"advice", finding->advice},
          {"citation", finding->citation.url}};
}

rpc::Json variableJson(const Variable& variable, const protocol::Finding* risk) {
  rpc::Json json = {{"name", variable.name},
                    {"value", variable.value},
                    {"unit", orNull(variable.unit)},
                    {"default", orNull(variable.initial)},
                    {"minimum", orNull(variable.minimum)},
                    {"maximum", orNull(variable.maximum)},
                    {"choices", variable.choices ? rpc::Json(*variable.choices) : rpc::Json()},
                    {"scope", protocol::name(variable.scope)},
                    {"changes", protocol::name(variable.changes)},
                    {"pending", variable.pending},
                    {"source", orNull(variable.source)},
                    {"meaning", orNull(variable.description)}};
  json["risk"] = riskJson(risk);
  return json;
}

rpc::Json document(const protocol::VariableList& list,
                   const std::vector<VariableFinding>& findings) {
  rpc::Json json = {{"variables", rpc::Json::array()}};
  for (const Variable& variable : list.variables)
    json["variables"].push_back(variableJson(variable, riskOf(variable, findings)));
  if (list.unavailable)
    json["unavailable"] = {{"what", list.unavailable->what},
                           {"reason", list.unavailable->reason},
                           {"fix", orNull(list.unavailable->fix)}};
  return json;
}

std::string cut(const std::string& text) {
  constexpr std::size_t most = 60;
  return text.size() <= most ? text : std::string(utf8Prefix(text, most)) + "…";
}

void printTable(const protocol::VariableList& list, const std::vector<VariableFinding>& findings) {
  std::vector<std::vector<std::string>> rows = {
      {"NAME", "VALUE", "DEFAULT", "SOURCE", "RISK", "MEANING"}};
  for (const Variable& variable : list.variables) {
    const auto shown = [&](const std::string& value) {
      return cut(advise::readable(value, variable.unit.value_or("")));
    };
    const auto* risk = riskOf(variable, findings);
    rows.push_back({variable.name, shown(variable.value) + (variable.pending ? " (pending)" : ""),
                    variable.initial ? shown(*variable.initial) : "", variable.source.value_or(""),
                    risk ? std::string(protocol::name(risk->severity)) : "",
                    cut(variable.description.value_or(""))});
  }
  printColumns(rows);
  for (const VariableFinding& found : findings) {
    const auto& [variable, finding] = found;
    std::printf("\n%s %s: %s. %s\n    see %s\n", protocol::name(finding.severity).data(),
                printable(variable).c_str(), printable(finding.message).c_str(),
                printable(finding.advice).c_str(), finding.citation.url.c_str());
  }
  if (list.unavailable)
    std::fprintf(stderr, "mydba: %s: %s\n", printable(list.unavailable->what).c_str(),
                 printable(list.unavailable->reason).c_str());
}

/// Those on settings that are listed; a check may look at others too.
Result<std::vector<VariableFinding>> findingsOn(const protocol::VariableList& list,
                                                Connection& connection, const CancelToken& cancel) {
  const auto all = connection.variables()->list("", cancel);
  if (!all) return all.error();
  auto findings = advise::judgeVariables(all->variables, connection.server().engine);
  std::erase_if(findings, [&](const VariableFinding& found) {
    return std::ranges::find(list.variables, found.variable, &Variable::name) ==
           list.variables.end();
  });
  return findings;
}

}  // namespace

Exit variables(Arguments arguments) {
  constexpr Flag flags[] = {{"fail-on", true}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("variables", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto& words = parsed->positional;
  if (words.empty() || words.size() > 2)
    return fail("variables",
                {.code = ErrorCode::invalidParams,
                 .message = "needs a URL",
                 .hint = "mydba variables URL [NAME]"},
                json);
  std::optional<protocol::Severity> failOn;
  if (const auto word = parsed->value("fail-on")) {
    const auto severity = parseSeverity(*word);
    if (!severity) return fail("variables", severity.error(), json);
    failOn = *severity;
  }
  Interrupt interrupt;
  auto open = openConnection(words[0], /*readOnly=*/true, interrupt.token());
  if (!open) return fail("connect", open.error(), json);
  Connection& connection = *open->connection;
  if (!connection.variables())
    return fail("variables",
                {.code = ErrorCode::unsupported,
                 .message = connection.server().flavour + " has no settings to list"},
                json);
  const auto list =
      connection.variables()->list(words.size() == 2 ? words[1] : "", interrupt.token());
  if (!list) return fail("variables", list.error(), json);
  const auto findings = findingsOn(*list, connection, interrupt.token());
  if (!findings) return fail("variables", findings.error(), json);
  json ? printJson(document(*list, *findings)) : printTable(*list, *findings);
  const bool reached =
      failOn && !findings->empty() && findings->front().finding.severity >= *failOn;
  return reached ? Exit::findings : Exit::done;
}

}  // namespace mydba::cli
