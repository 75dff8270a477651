#include "rag/synonyms.h"

#include <algorithm>

namespace mydba::rag {
namespace {

/// The expressions of a line that `separator` keeps apart.
std::vector<std::string_view> expressions(std::string_view line, std::string_view separator) {
  std::vector<std::string_view> found;
  for (;;) {
    const auto end = line.find(separator);
    found.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return found;
    line.remove_prefix(end + separator.size());
  }
}

}  // namespace

Synonyms::Synonyms(std::string_view list, const StopWords& stopWords) {
  TermReader reader(stopWords);
  const auto termsOf = [&reader](std::string_view text) {
    Terms terms;
    reader.read(text, terms);
    return terms;
  };
  for (const std::string_view line : expressions(list, "\n")) {
    if (line.empty() || line.starts_with('#')) continue;
    if (const auto oneWay = expressions(line, " -> "); oneWay.size() == 2) {
      add(termsOf(oneWay[0]), termsOf(oneWay[1]));
      continue;
    }
    const auto same = expressions(line, " = ");
    for (const auto expression : same)
      for (const auto also : same)
        if (expression != also) add(termsOf(expression), termsOf(also));
  }
}

void Synonyms::add(const Terms& expression, const Terms& also) {
  if (!expression.empty()) byFirstTerm_[expression[0]].push_back({expression, also});
}

std::vector<std::string> Synonyms::of(const std::vector<std::string>& question) const {
  Terms found;
  for (auto at = question.begin(); at != question.end(); ++at) {
    const auto meanings = byFirstTerm_.find(*at);
    if (meanings == byFirstTerm_.end()) continue;
    for (const auto& [expression, also] : meanings->second) {
      const auto length = static_cast<std::ptrdiff_t>(expression.size());
      if (question.end() - at >= length && std::equal(expression.begin(), expression.end(), at))
        found.insert(found.end(), also.begin(), also.end());
    }
  }
  return found;
}

}  // namespace mydba::rag
