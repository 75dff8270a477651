#include <algorithm>

#include "advise/variables/judge.h"
#include "advise/variables/quantity.h"
#include "base/utf8.h"
#include "sql/keyword.h"
#include "tools/finding_json.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

/// Longer values (lists of modules, of optimizer switches) are cut.
constexpr std::size_t longestText = 1000;
/// Room for the findings and for what is missing.
constexpr std::size_t mostListed = mostBytes / 2;

void add(Json& json, const char* key, const std::optional<std::string>& text) {
  if (text && !text->empty()) json[key] = std::string(utf8Prefix(*text, longestText));
}

/// A value that is a number or a truth value as one: the only values of settings that models of the
/// chat are sent (answers/read_variables.json), for texts may name hosts, users and paths.
Json numeric(const std::string& value) {
  const std::string lower = sql::lowerCase(value);
  if (lower == "on" || lower == "yes" || lower == "true") return true;
  if (lower == "off" || lower == "no" || lower == "false") return false;
  const auto number = advise::quantity(value);
  const bool isPlain = value.find_first_not_of("0123456789.-") == value.npos;
  return number && isPlain ? Json(*number) : Json();
}

Json variableJson(const protocol::Variable& variable) {
  Json json = {{"name", variable.name},
               {"value", std::string(utf8Prefix(variable.value, longestText))},
               {"scope", protocol::name(variable.scope)},
               {"changes", protocol::name(variable.changes)}};
  if (Json number = numeric(variable.value); !number.is_null()) json["numeric"] = std::move(number);
  add(json, "unit", variable.unit);
  add(json, "initial", variable.initial);
  add(json, "minimum", variable.minimum);
  add(json, "maximum", variable.maximum);
  if (variable.choices) json["choices"] = *variable.choices;
  add(json, "source", variable.source);
  if (variable.pending) json["pending"] = true;
  add(json, "description", variable.description);
  return json;
}

/// On the settings that are listed; a check may look at others too.
Result<Json> findingsOf(Variables& variables, const protocol::VariableList& listed,
                        const Bench& bench) {
  const auto all = variables.list("", bench.cancel);
  if (!all) return all.error();
  std::vector<protocol::Finding> findings;
  for (auto& found : advise::judgeVariables(all->variables, bench.connection.server().engine))
    if (std::ranges::find(listed.variables, found.variable, &protocol::Variable::name) !=
        listed.variables.end())
      findings.push_back(std::move(found.finding));
  return findingsJson(findings);
}

Json pageOf(const std::vector<protocol::Variable>& all, std::size_t offset) {
  Json page = Json::array();
  std::size_t bytes = 0;
  std::size_t at = offset;
  for (; at < all.size(); ++at) {
    Json json = variableJson(all[at]);
    bytes += rpc::writeJson(json).size() + 1;
    // One is always listed: who follows nextOffset comes to the end.
    if (bytes > mostListed && !page.empty()) break;
    page.push_back(std::move(json));
  }
  Json json = {{"variables", std::move(page)}, {"total", all.size()}};
  if (at < all.size()) json["nextOffset"] = at;
  return json;
}

Result<Json> read(const Bench& bench, const std::string& part, std::size_t offset) {
  Variables* variables = bench.connection.variables();
  if (!variables)
    return Error{.code = ErrorCode::unsupported,
                 .message = bench.connection.server().flavour + " has no settings to list"};
  const auto list = variables->list(part, bench.cancel);
  if (!list) return list.error();
  Json json = pageOf(list->variables, offset);
  if (offset == 0) {
    auto findings = findingsOf(*variables, *list, bench);
    if (!findings) return findings.error();
    json["findings"] = std::move(*findings);
  }
  if (list->unavailable) {
    json["unavailable"] = {{"what", list->unavailable->what},
                           {"reason", list->unavailable->reason}};
    if (list->unavailable->fix) json["unavailable"]["fix"] = *list->unavailable->fix;
  }
  return json;
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto part = arguments.optionalText("part", 200).value_or("");
  const auto offset = static_cast<std::size_t>(arguments.integer("offset", 0, 0, 1'000'000));
  if (auto complete = arguments.complete(); !complete) return complete.error();
  return desk.withConnection(connection, Access::read, [part, offset](const Bench& bench) {
    return read(bench, part, offset);
  });
}

}  // namespace

extern const Tool readVariables{
    .name = "read_variables",
    .title = "Read the server's settings",
    .description =
        "Settings of the server by a part of their name: value, unit, range, what it was built "
        "with, where the value comes from, what a change needs; and findings on those that are "
        "dangerous or left as they come. Secrets are masked. nextOffset gets the next page.",
    .run = run};

}  // namespace mydba::tools
