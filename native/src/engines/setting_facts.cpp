#include "engines/setting_facts.h"

#include <algorithm>
#include <cassert>

namespace mydba {
namespace {

/// Takes the first word off a line.
std::string_view nextWord(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

}  // namespace

SettingBook::SettingBook(std::string_view text) {
  std::string_view section;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with('['))
      section = line.substr(1, line.size() - 2);
    else
      takeLine(section, line);
  }
}

void SettingBook::takeLine(std::string_view section, std::string_view line) {
  constexpr std::string_view unit = "unit ";
  if (section == "initial") {
    const std::string_view name = nextWord(line);
    const std::string_view value = line.substr(std::min<std::size_t>(1, line.size()));
    facts_[name].initial = value == "\"\"" ? std::string_view() : value;
    return;
  }
  for (auto name = nextWord(line); !name.empty(); name = nextWord(line)) {
    SettingFacts& facts = facts_[name];
    if (section == "restart")
      facts.changes = protocol::VariableChange::restart;
    else if (section == "fixed")
      facts.changes = protocol::VariableChange::fixed;
    else if (section == "server")
      facts.ofServer = true;
    else {
      assert(section.starts_with(unit));
      facts.unit = section.substr(unit.size());
    }
  }
}

SettingFacts SettingBook::find(std::string_view name) const {
  const auto found = facts_.find(name);
  return found == facts_.end() ? SettingFacts{} : found->second;
}

}  // namespace mydba
