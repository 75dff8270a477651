#include "guard/examine.h"
#include "sql/keyword.h"

namespace mydba::guard {

/// `CONFIG SET` is known as `config|set`, as COMMAND spells it.
void findCommand(const Subject& subject, Findings& out) {
  const auto& words = subject.statement.arguments;
  if (words.empty() || !subject.statement.complete)
    return out.add("not-understood", "its quotes do not match");
  std::string name = words[0];
  const Check* effect = nullptr;
  if (words.size() > 1) effect = subject.knowledge.find("command", name + "|" + words[1]);
  if (effect)
    name += " " + words[1];
  else
    effect = subject.knowledge.find("command", name);
  out.add(effect ? *effect : *findCheck("not-understood"), sql::upperCase(std::move(name)), 0);
}

}  // namespace mydba::guard
