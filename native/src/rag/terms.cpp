#include "rag/terms.h"

#include <libstemmer.h>

#include <algorithm>

#include "base/fold_case.h"
#include "base/utf8.h"

namespace mydba::rag {
namespace {

/// Longer ones are hashes and encoded data, by which nobody asks.
constexpr std::size_t longestRun = 80;

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isSmall(char c) { return c >= 'a' && c <= 'z'; }
bool isCapital(char c) { return c >= 'A' && c <= 'Z'; }
bool joins(char c) { return c == '-' || c == '.' || c == '_'; }

/// Bytes of the letter or digit that `text` starts with; 0 when it starts with something else.
/// Outside of ASCII everything is a letter but Latin-1's signs (0xC2) and the blocks from General
/// Punctuation to Braille (0xE2), where quotes, dashes and arrows are.
std::size_t letterSize(std::string_view text) {
  if (text.empty()) return 0;
  if (isLetter(text[0]) || isDigit(text[0])) return 1;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80 || first == 0xC2 || first == 0xE2) return 0;
  return utf8Character(text);
}

/// Where the run of letters, digits and single separators between them ends that starts at `at`.
std::size_t endOfRun(std::string_view text, std::size_t at) {
  for (;;) {
    if (const auto size = letterSize(text.substr(at))) {
      at += size;
    } else if (at < text.size() && joins(text[at]) && letterSize(text.substr(at + 1))) {
      ++at;
    } else {
      return at;
    }
  }
}

/// "doesn't" and "server's" are their first part.
std::size_t endOfSuffix(std::string_view text, std::size_t at) {
  constexpr std::string_view apostrophe = "\xE2\x80\x99";
  const std::size_t sign = text.substr(at).starts_with('\'')         ? 1
                           : text.substr(at).starts_with(apostrophe) ? apostrophe.size()
                                                                     : 0;
  std::size_t end = at + sign;
  while (sign && end < text.size() && isSmall(text[end])) ++end;
  return sign && end - at - sign <= 2 ? end : at;
}

/// Where the second word of `SeqScan` starts; 0 in `InnoDB` and `PostgreSQL`, which are one.
std::size_t secondWord(std::string_view part) {
  for (std::size_t at = 3; at + 3 <= part.size(); ++at)
    if (isSmall(part[at - 1]) && isCapital(part[at]) && isSmall(part[at + 1])) return at;
  return 0;
}

std::vector<std::string_view> partsOf(std::string_view run) {
  std::vector<std::string_view> parts;
  while (!run.empty()) {
    const auto end = std::min(run.find_first_of("-._"), run.size());
    std::string_view part = run.substr(0, end);
    while (const auto second = secondWord(part)) {
      parts.push_back(part.substr(0, second));
      part.remove_prefix(second);
    }
    if (!part.empty()) parts.push_back(part);
    run.remove_prefix(std::min(end + 1, run.size()));
  }
  return parts;
}

std::string folded(std::string_view text) {
  std::string out;
  appendFolded(out, text);
  return out;
}

}  // namespace

StopWords::StopWords(std::string_view list) {
  while (!list.empty()) {
    const auto end = std::min(list.find('\n'), list.size());
    std::string_view line = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    if (line.starts_with('#')) continue;
    while (!line.empty()) {
      const auto space = std::min(line.find(' '), line.size());
      if (space > 0) words_.emplace(line.substr(0, space));
      line.remove_prefix(std::min(space + 1, line.size()));
    }
  }
}

void TermReader::Deleter::operator()(sb_stemmer* stemmer) const { ::sb_stemmer_delete(stemmer); }

TermReader::TermReader(const StopWords& stopWords)
    : stopWords_(stopWords), stemmer_(::sb_stemmer_new("english", "UTF_8")) {}

void TermReader::addWord(const std::string& word, std::vector<std::string>& terms) {
  if (stopWords_.contains(word)) return;
  const auto [found, isNew] = stems_.try_emplace(word, word);
  if (isNew && stemmer_) {
    const auto* stem =
        ::sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                          static_cast<int>(word.size()));
    if (stem)
      found->second.assign(reinterpret_cast<const char*>(stem),
                           static_cast<std::size_t>(::sb_stemmer_length(stemmer_.get())));
  }
  terms.push_back(found->second);
}

void TermReader::readRun(std::string_view run, std::vector<std::string>& terms) {
  if (run.size() > longestRun) return;
  const auto parts = partsOf(run);
  if (parts.empty()) return;
  if (parts.size() == 1) return addWord(folded(parts[0]), terms);
  // The point of a number tells 8.0 from 80.
  const bool number = std::ranges::all_of(run, [](char c) { return isDigit(c) || c == '.'; });
  if (number) return addWord(std::string(run), terms);
  std::string whole;
  for (const auto part : parts) whole += folded(part);
  addWord(whole, terms);
  for (const auto part : parts)
    if (part.size() > 1) addWord(folded(part), terms);
}

void TermReader::read(std::string_view text, std::vector<std::string>& terms) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = endOfRun(text, at);
    if (end == at) {
      at += std::max<std::size_t>(1, utf8Character(text.substr(at)));
      continue;
    }
    readRun(text.substr(at, end - at), terms);
    at = endOfSuffix(text, end);
  }
}

}  // namespace mydba::rag
