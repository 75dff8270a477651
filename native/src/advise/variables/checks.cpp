#include "advise/variables/checks.h"

#include <algorithm>
#include <cassert>
#include <string>

#include "base/embedded.h"

namespace mydba::advise {
namespace {

std::vector<std::string_view> wordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

template <typename Enum>
Enum named(std::string_view word, std::initializer_list<Enum> values) {
  for (const Enum value : values)
    if (protocol::name(value) == word) return value;
  assert(false && "no such word");
  return *values.begin();
}

Condition conditionIn(std::string_view text) {
  auto words = wordsOf(text);
  assert(words.size() >= 3);
  return {words[0], words[1], {words.begin() + 2, words.end()}};
}

/// Reads one file, line by line.
class Reader {
 public:
  explicit Reader(std::vector<VariableCheck>& checks) : checks_(checks) {}

  void read(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      takeLine(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

 private:
  void takeLine(std::string_view line) {
    if (line.empty() || line.starts_with('#')) return;
    if (line.starts_with('[')) {
      checks_.push_back({.id = line.substr(1, line.size() - 2), .engines = engines_});
      isFirst_ = false;
      return;
    }
    const auto blank = std::min(line.find(' '), line.size());
    const std::string_view rest = line.substr(std::min(blank + 1, line.size()));
    if (isFirst_)
      engines_ = wordsOf(rest);
    else
      takeField(line.substr(0, blank), rest, checks_.back());
  }

  static void takeField(std::string_view field, std::string_view text, VariableCheck& check) {
    using enum protocol::Severity;
    using enum protocol::Confidence;
    if (field == "engines") check.engines = wordsOf(text);
    if (field == "when") check.conditions.push_back(conditionIn(text));
    if (field == "severity") check.severity = named(text, {info, warning, critical});
    if (field == "confidence") check.confidence = named(text, {certain, likely, possible});
    if (field == "title") check.title = text;
    if (field == "says") check.says = text;
    if (field == "advice") check.advice = text;
    if (field == "sql") check.sql = text;
    if (field == "document") check.document = text;
  }

  std::vector<VariableCheck>& checks_;
  std::vector<std::string_view> engines_;
  bool isFirst_ = true;
};

std::vector<VariableCheck> readAll() {
  std::vector<VariableCheck> checks;
  for (const EmbeddedFile& file : embeddedFiles())
    if (file.path.starts_with("native/src/advise/variables/")) Reader(checks).read(file.text);
  return checks;
}

}  // namespace

std::span<const VariableCheck> variableChecks() {
  static const std::vector<VariableCheck> all = readAll();
  return all;
}

}  // namespace mydba::advise
