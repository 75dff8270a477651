#include "ai/intent/word_forms.h"

#include <algorithm>

namespace mydba::ai::intent {
namespace {

bool isVowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

bool isAscii(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// `running` is run, `making` make, `showing` show.
void addWithoutEnding(std::vector<std::string>& forms, std::string_view word,
                      std::string_view ending) {
  if (!word.ends_with(ending) || word.size() < ending.size() + 3) return;
  const std::string stem(word.substr(0, word.size() - ending.size()));
  forms.push_back(stem);
  forms.push_back(stem + "e");
  const char last = stem.back();
  if (stem[stem.size() - 2] == last && !isVowel(last))
    forms.push_back(stem.substr(0, stem.size() - 1));
  if (last == 'i') forms.push_back(stem.substr(0, stem.size() - 1) + "y");
}

}  // namespace

std::string singular(std::string_view word) {
  const auto without = [&](std::size_t letters) { return word.substr(0, word.size() - letters); };
  if (word.size() < 4 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") ||
      word.ends_with("is"))
    return std::string(word);
  if (word.ends_with("ies") && word.size() > 4) return std::string(without(3)) + "y";
  for (const std::string_view ending : {"sses", "shes", "ches", "xes", "zzes"})
    if (word.ends_with(ending)) return std::string(without(2));
  return std::string(without(1));
}

std::vector<std::string> baseForms(std::string_view word) {
  std::vector<std::string> forms = {std::string(word)};
  if (word.size() < 3 || word.size() > 40) return forms;
  if (const std::string one = singular(word); one != word) forms.push_back(one);
  // `indexes`, `processes`, `statuses`
  if (word.ends_with("es") && word.size() > 4) forms.emplace_back(word.substr(0, word.size() - 2));
  addWithoutEnding(forms, word, "ing");
  addWithoutEnding(forms, word, "ed");
  return forms;
}

bool oneSlipApart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < 4 || b.size() < 5 || b.size() > 40 || b.size() - a.size() > 1 ||
      a.front() != b.front() || !isAscii(a) || !isAscii(b))
    return false;
  const auto [inA, inB] = std::mismatch(a.begin(), a.end(), b.begin());
  const std::string_view restA(inA, a.end());
  const std::string_view restB(inB, b.end());
  if (a.size() < b.size()) return restA == restB.substr(1);
  if (restA.empty()) return false;
  if (restA.substr(1) == restB.substr(1)) return true;
  return restA.size() > 1 && restA[0] == restB[1] && restA[1] == restB[0] &&
         restA.substr(2) == restB.substr(2);
}

}  // namespace mydba::ai::intent
