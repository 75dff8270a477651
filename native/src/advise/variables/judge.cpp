#include "advise/variables/judge.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "advise/variables/checks.h"
#include "advise/variables/quantity.h"
#include "rag/citation.h"
#include "sql/keyword.h"

namespace mydba::advise {
namespace {

using protocol::Variable;

const Variable* find(std::span<const Variable> variables, std::string_view name) {
  const auto found = std::ranges::find(variables, name, &Variable::name);
  return found == variables.end() ? nullptr : &*found;
}

bool sameWord(std::string_view a, std::string_view b) {
  return sql::lowerCase(std::string(a)) == sql::lowerCase(std::string(b));
}

/// Whether a list, `A,B`, has none of the words.
bool lacks(std::string_view list, std::span<const std::string_view> words) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    for (const std::string_view word : words)
      if (sameWord(list.substr(0, end), word)) return false;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return true;
}

bool ordered(double value, std::string_view comparison, double operand) {
  if (comparison == "<") return value < operand;
  if (comparison == "<=") return value <= operand;
  if (comparison == ">") return value > operand;
  return comparison == ">=" && value >= operand;
}

bool holds(const Condition& condition, const Variable& variable) {
  if (condition.comparison == "lacks") return lacks(variable.value, condition.operands);
  const std::string_view operand = condition.operands[0] == "\"\"" ? "" : condition.operands[0];
  const auto value = quantity(variable.value, variable.unit.value_or(""));
  const auto wanted = quantity(operand);
  const bool same = value && wanted ? *value == *wanted : sameWord(variable.value, operand);
  if (condition.comparison == "=") return same;
  if (condition.comparison == "!=") return !same;
  return value && wanted && ordered(*value, condition.comparison, *wanted);
}

std::string shown(const Variable& variable) {
  return readable(variable.value, variable.unit.value_or(""));
}

/// With the values of settings in the place of `{name}`.
std::string filled(std::string_view words, std::span<const Variable> variables) {
  std::string text;
  for (;;) {
    const auto open = words.find('{');
    const auto close = words.find('}', open);
    if (close == words.npos) return text.append(words);
    text += words.substr(0, open);
    if (const auto* variable = find(variables, words.substr(open + 1, close - open - 1)))
      text += shown(*variable);
    words.remove_prefix(close + 1);
  }
}

std::string inWords(const Condition& condition) {
  std::string text(condition.comparison);
  for (const std::string_view operand : condition.operands) text += " " + std::string(operand);
  return text;
}

VariableFinding findingOf(const VariableCheck& check, std::span<const Variable> variables) {
  protocol::Finding finding{.id = std::string(check.id), .severity = check.severity};
  finding.title = filled(check.title, variables);
  finding.message = filled(check.says, variables);
  finding.advice = filled(check.advice, variables);
  finding.confidence = check.confidence;
  if (!check.sql.empty())
    finding.remedies.push_back({.title = "Change " + std::string(check.conditions[0].variable),
                                .sql = std::string(check.sql),
                                .tradeOff = std::string(check.advice)});
  for (const Condition& condition : check.conditions) {
    const Variable& variable = *find(variables, condition.variable);
    finding.evidence.push_back({variable.name, shown(variable)});
    finding.evidence.push_back({"threshold of " + variable.name, inWords(condition)});
  }
  finding.citation = rag::cite(check.document);
  return {.variable = std::string(check.conditions[0].variable), .finding = std::move(finding)};
}

bool fires(const VariableCheck& check, std::span<const Variable> variables) {
  return std::ranges::all_of(check.conditions, [&](const Condition& condition) {
    const Variable* variable = find(variables, condition.variable);
    return variable && holds(condition, *variable);
  });
}

}  // namespace

std::vector<VariableFinding> judgeVariables(std::span<const Variable> variables,
                                            std::string_view engine) {
  std::vector<VariableFinding> found;
  for (const VariableCheck& check : variableChecks())
    if (std::ranges::find(check.engines, engine) != check.engines.end() && fires(check, variables))
      found.push_back(findingOf(check, variables));
  std::ranges::stable_sort(found, [](const VariableFinding& a, const VariableFinding& b) {
    return a.finding.severity > b.finding.severity;
  });
  return found;
}

}  // namespace mydba::advise
