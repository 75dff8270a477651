#include "ai/intent/lexicon.h"

#include <algorithm>

#include "ai/intent/word_forms.h"
#include "base/embedded.h"

namespace mydba::ai::intent {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// Takes what stands before the next `separator` off the front of `text`.
std::string_view take(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(part);
}

}  // namespace

Lexicon::Lexicon(std::span<const std::string_view> files) {
  for (const std::string_view file : files)
    read(embeddedFile("native/src/ai/intent/data/" + std::string(file) + ".txt"));
}

void Lexicon::read(std::string_view text) {
  std::string_view group;
  while (!text.empty()) {
    std::string_view line = take(text, '\n');
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with('[')) {
      group = line.substr(1, line.find(']') - 1);
      continue;
    }
    while (!line.empty()) {
      std::string_view value = take(line, ',');
      const std::string_view word = take(value, '=');
      if (!word.empty()) senses_[word].push_back({group, value});
    }
  }
}

std::span<const Sense> Lexicon::find(std::string_view word) const {
  const auto found = senses_.find(word);
  return found == senses_.end() ? std::span<const Sense>() : std::span(found->second);
}

std::string_view Lexicon::nearest(std::string_view word) const {
  std::string_view found;
  // Sorted by their letters, and a slip keeps the first one.
  for (auto entry = senses_.lower_bound(word.substr(0, 1));
       entry != senses_.end() && entry->first.starts_with(word.substr(0, 1)); ++entry) {
    if (!oneSlipApart(word, entry->first)) continue;
    if (!found.empty()) return {};
    found = entry->first;
  }
  return found;
}

const Lexicon& Lexicon::english() {
  static constexpr std::string_view files[] = {"words", "synonyms", "places"};
  static const Lexicon lexicon(files);
  return lexicon;
}

}  // namespace mydba::ai::intent
