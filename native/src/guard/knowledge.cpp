#include "guard/knowledge.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "base/embedded.h"

namespace mydba::guard {
namespace {

/// Takes the next word off the front of `text`; empty at the end.
std::string_view takeWord(std::string_view& text) {
  const auto start = text.find_first_not_of(" \r");
  if (start == std::string_view::npos) return {};
  const auto end = std::min(text.find_first_of(" \r", start), text.size());
  const auto word = text.substr(start, end - start);
  text.remove_prefix(end);
  return word;
}

std::string_view takeLine(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool before(const Knowledge::Entry& a, const Knowledge::Entry& b) {
  return std::tie(a.what, a.name) < std::tie(b.what, b.name);
}

/// As the files spell names: lower case, `_` for a blank.
std::string spelled(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ') c = '_';
  }
  return result;
}

}  // namespace

Knowledge::Knowledge(std::string_view file) {
  read(file);
  std::stable_sort(entries_.begin(), entries_.end(), before);
}

void Knowledge::read(std::string_view file) {
  std::string_view text = embeddedFile("native/src/guard/data/" + std::string(file) + ".txt");
  std::string_view what;
  const Check* effect = nullptr;
  while (!text.empty()) {
    std::string_view line = takeLine(text);
    if (line.starts_with('#')) continue;
    if (line.starts_with('[')) {
      std::string_view head = line.substr(1, line.find(']') - 1);
      what = takeWord(head);
      effect = findCheck(takeWord(head));
      continue;
    }
    for (auto name = takeWord(line); !name.empty(); name = takeWord(line)) {
      if (what == "include")
        read(name);
      else
        entries_.push_back({what, name, effect});
    }
  }
}

const Check* Knowledge::find(std::string_view what, std::string_view name) const {
  const std::string wanted = spelled(name);
  const Entry key{what, wanted, nullptr};
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), key, before);
  return found != entries_.end() && found->what == what && found->name == wanted ? found->effect
                                                                                 : nullptr;
}

bool Knowledge::pragmaReads(std::string_view name, bool hasArgument) const {
  const Check* effect = find("pragma", name);
  return effect && (effect->id == "read" || (!hasArgument && effect->id != "maintenance"));
}

const Knowledge& Knowledge::of(const sql::Dialect& dialect) {
  static const auto all = [] {
    std::map<std::string_view, Knowledge> known;
    for (const std::string_view file :
         {"generic", "mariadb", "mysql", "postgres", "redis", "sqlite"})
      known.emplace(file, Knowledge(file));
    return known;
  }();
  const auto found = all.find(dialect.name);
  return found != all.end() ? found->second : all.at("generic");
}

}  // namespace mydba::guard
