#include "ai/variables_answer.h"

#include <algorithm>
#include <map>
#include <vector>

#include "advise/variables/judge.h"
#include "advise/variables/quantity.h"
#include "ai/markdown.h"
#include "sql/keyword.h"

namespace mydba::ai {
namespace {

using advise::VariableFinding;
using protocol::Variable;
using protocol::VariableChange;
using Variables = std::vector<const Variable*>;

constexpr std::size_t mostLines = 40;

/// Sources of values that nobody has chosen, or that belong to the connection of the helper:
/// pg_settings.source, variables_info.VARIABLE_SOURCE of MySQL, GLOBAL_VALUE_ORIGIN of MariaDB.
constexpr std::string_view unchosen[] = {"default",      "override", "client",     "COMPILED",
                                         "COMPILE-TIME", "AUTO",     "compiled in"};

bool isNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/// Whether `name` stands in the text as a word of its own; both in lower case.
bool names(std::string_view text, std::string_view name) {
  for (auto at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const auto end = at + name.size();
    const bool ends = end == text.size() || !isNameByte(text[end]) ||
                      // A sentence's full stop.
                      (text[end] == '.' && end + 1 == text.size());
    if ((at == 0 || !isNameByte(text[at - 1])) && ends) return true;
  }
  return false;
}

/// The setting that a text names, the longest where several are; null when it names none.
const Variable* namedIn(const protocol::VariableList& list, const std::string& text) {
  const Variable* found = nullptr;
  for (const Variable& variable : list.variables)
    if ((!found || variable.name.size() > found->name.size()) &&
        names(text, sql::lowerCase(variable.name)))
      found = &variable;
  return found;
}

Variables withPart(const protocol::VariableList& list, const std::string& part) {
  Variables found;
  for (const Variable& variable : list.variables)
    if (!part.empty() && sql::lowerCase(variable.name).find(part) != std::string::npos)
      found.push_back(&variable);
  return found;
}

bool differs(const Variable& variable) {
  if (variable.changes == VariableChange::fixed) return false;
  const std::string source = variable.source.value_or("");
  if (std::ranges::find(unchosen, source) != std::end(unchosen)) return false;
  return variable.initial ? variable.initial != variable.value : !source.empty();
}

std::string shown(const Variable& variable, const std::string& value) {
  if (value.empty()) return "nothing";
  return "**" + escaped(advise::readable(value, variable.unit.value_or(""))) + "**";
}

std::string line(const Variable& variable) {
  std::string text = "- " + escaped(variable.name) + ": " + shown(variable, variable.value);
  if (variable.initial && variable.initial != variable.value)
    text += ", initially " + shown(variable, *variable.initial);
  return text + (variable.pending ? " · another value waits for a restart\n" : "\n");
}

std::string_view howToChange(const Variable& variable) {
  const bool ofSession = variable.scope == protocol::VariableScope::session;
  switch (variable.changes) {
    case VariableChange::set:
      return ofSession ? "at once, also for one session" : "at once, for the whole server";
    case VariableChange::reload: return "in the configuration, which is then read anew";
    case VariableChange::restart: return "in the configuration; it takes a restart";
    case VariableChange::fixed: return "not at all";
  }
  return "";
}

std::string rangeOf(const Variable& variable) {
  if (variable.choices) {
    std::string words;
    for (const std::string& choice : *variable.choices)
      words += (words.empty() ? "" : ", ") + escaped(choice);
    return words;
  }
  if (!variable.minimum || !variable.maximum) return "";
  const std::string unit = variable.unit.value_or("");
  return escaped(advise::readable(*variable.minimum, unit)) + " to " +
         escaped(advise::readable(*variable.maximum, unit));
}

std::string findingsText(const std::vector<VariableFinding>& findings, const Cite& cite) {
  std::vector<protocol::Finding> list;
  for (const auto& found : findings) list.push_back(found.finding);
  return findingsAnswer(list, cite);
}

std::string explained(const Variable& variable, std::vector<VariableFinding> findings,
                      const Cite& cite) {
  std::string text = "**" + escaped(variable.name) + "** is " + shown(variable, variable.value);
  const std::string unit = variable.unit.value_or("");
  if (!unit.empty() && advise::readable(variable.value, unit) != variable.value + " " + unit)
    text += " (" + escaped(variable.value) + " × " + escaped(unit) + ")";
  text += ".\n\n";
  const auto add = [&](std::string_view title, const std::string& what) {
    if (!what.empty()) text += "- " + std::string(title) + ": " + what + "\n";
  };
  add("What it is", escaped(variable.description.value_or(""), 1000));
  if (variable.initial) add("Initially", shown(variable, *variable.initial));
  add("Comes from", escaped(variable.source.value_or("")));
  add("Allowed", rangeOf(variable));
  add("Changed", std::string(howToChange(variable)));
  if (variable.pending) text += "- ⚠️ Another value waits for a restart\n";
  std::erase_if(findings, [&](const auto& found) { return found.variable != variable.name; });
  if (!findings.empty()) text += "\n" + findingsText(findings, cite);
  return text;
}

/// Adds lines as long as there is room for them.
class Lines {
 public:
  void add(const std::string& title, const Variables& variables) {
    if (variables.empty()) return;
    text_ += "**" + title + "**\n\n";
    for (const Variable* variable : variables) {
      if (count_ == mostLines)
        ++left_;
      else
        text_ += line(*variable), ++count_;
    }
    text_ += "\n";
  }
  std::string take() {
    if (left_ > 0) text_ += "… and " + std::to_string(left_) + " more: name a part of them.\n";
    return std::move(text_);
  }

 private:
  std::string text_;
  std::size_t count_ = 0;
  std::size_t left_ = 0;
};

std::string overview(const protocol::VariableList& list,
                     const std::vector<VariableFinding>& findings, const Cite& cite) {
  Variables waiting;
  std::map<std::string, Variables> bySource;
  for (const Variable& variable : list.variables) {
    if (variable.pending) waiting.push_back(&variable);
    if (differs(variable)) bySource[variable.source.value_or("")].push_back(&variable);
  }
  Lines lines;
  lines.add("Wait for a restart", waiting);
  for (const auto& [source, variables] : bySource)
    lines.add(source.empty() ? "Not as the server was built" : "Set by: " + escaped(source),
              variables);
  const std::string rest = lines.take();
  std::string text = "**" + std::to_string(list.variables.size()) + " settings**";
  text += findings.empty() ? ", none of those that are checked stands out.\n\n" : ".\n\n";
  if (!findings.empty()) text += findingsText(findings, cite) + "\n";
  return text + (rest.empty() ? "All are as the server was built.\n" : rest);
}

}  // namespace

std::string variablesAnswer(const protocol::VariableList& list, std::string_view wanted,
                            std::string_view engine, const Cite& cite) {
  const std::string asked = sql::lowerCase(std::string(wanted));
  const auto findings = advise::judgeVariables(list.variables, engine);
  std::string text;
  if (const Variable* variable = namedIn(list, asked)) {
    text = explained(*variable, findings, cite);
  } else if (const auto some = withPart(list, asked); !some.empty()) {
    Lines lines;
    lines.add("Settings with " + escaped(wanted) + " in their names", some);
    text = lines.take();
  } else {
    text = overview(list, findings, cite);
  }
  if (list.unavailable) {
    text += "\n⚠️ " + escaped(list.unavailable->what) +
            " are not seen: " + escaped(list.unavailable->reason, 500) + ".";
    if (list.unavailable->fix) text += " " + escaped(*list.unavailable->fix, 500);
    text += "\n";
  }
  return text;
}

}  // namespace mydba::ai
