#include "privacy/sensitive.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "privacy/name_words.h"
#include "sql/keyword.h"

namespace mydba::privacy {
namespace {

using protocol::ColumnKind;
using protocol::Sensitivity;
using Words = std::vector<std::string>;

struct Group {
  Sensitive sensitive;
  std::vector<ColumnKind> holds = {ColumnKind::text, ColumnKind::json, ColumnKind::binary};
};

struct Pattern {
  Words words;
  std::string joined;
  std::size_t group = 0;
  bool whole = false;   ///< nothing else is in the name
  bool inside = false;  ///< also within a word
};

struct Knowledge {
  std::vector<Group> groups;
  std::vector<Pattern> patterns;
  /// Patterns by what a word of a name must be for them: their first word, or all of them in one.
  std::map<std::string, std::vector<std::size_t>, std::less<>> byWord;
  std::vector<std::size_t> inside;         ///< those that are found within words
  std::vector<std::size_t> insideForeign;  ///< … and are not ASCII
  std::vector<Words> never;
  Words offBefore;
  Words offAfter;
  Words offAfterPersonal;
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// Calls `take` with each part of `text` that is not empty.
template <typename Take>
void eachPart(std::string_view text, char separator, const Take& take) {
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    const auto part = trimmed(text.substr(0, end));
    if (!part.empty()) take(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string joined(const Words& words) {
  std::string all;
  for (const auto& word : words) all += word;
  return all;
}

bool isAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Pattern makePattern(std::string_view text, std::size_t group) {
  const bool whole = text.starts_with('=');
  const bool inside = text.starts_with('~') || !isAscii(text);
  Words words = nameWords(text);
  std::string all = joined(words);
  return {.words = std::move(words),
          .joined = std::move(all),
          .group = group,
          .whole = whole,
          .inside = inside};
}

void addKinds(std::string_view names, std::vector<ColumnKind>& kinds) {
  eachPart(names, ' ', [&](std::string_view name) {
    if (name == "number") kinds.push_back(ColumnKind::number);
    if (name == "time") kinds.push_back(ColumnKind::time);
    if (name == "boolean") kinds.push_back(ColumnKind::boolean);
  });
}

/// Reads the file of this folder; its format is described in its first lines.
class Reader {
 public:
  Knowledge read(std::string_view text) {
    eachPart(text, '\n', [this](std::string_view line) {
      if (line.starts_with('#')) return;
      if (line.starts_with('['))
        section_ = line.substr(1, line.find(']') - 1), startSection();
      else
        takeLine(line);
    });
    for (std::size_t i = 0; i < knowledge_.patterns.size(); ++i) addToIndex(i);
    return std::move(knowledge_);
  }

 private:
  void addToIndex(std::size_t index) {
    const Pattern& pattern = knowledge_.patterns[index];
    if (pattern.inside) {
      const bool foreign = !isAscii(pattern.joined);
      (foreign ? knowledge_.insideForeign : knowledge_.inside).push_back(index);
      return;
    }
    knowledge_.byWord[pattern.words.front()].push_back(index);
    if (pattern.words.size() > 1) knowledge_.byWord[pattern.joined].push_back(index);
  }

  void startSection() {
    const bool secret = section_.starts_with("secret ");
    inGroup_ = secret || section_.starts_with("personal ");
    if (!inGroup_) return;
    const auto sensitivity = secret ? Sensitivity::secret : Sensitivity::personal;
    knowledge_.groups.push_back({.sensitive = {sensitivity, {}, {}}});
  }

  void takeLine(std::string_view line) {
    if (!inGroup_) return takeOther(line);
    Group& group = knowledge_.groups.back();
    if (line.starts_with("because ")) {
      group.sensitive.because = line.substr(8);
    } else if (line.starts_with("source ")) {
      group.sensitive.source = line.substr(7);
    } else if (line.starts_with("holds ")) {
      addKinds(line.substr(6), group.holds);
    } else {
      eachPart(line, ',', [this](std::string_view name) {
        knowledge_.patterns.push_back(makePattern(name, knowledge_.groups.size() - 1));
      });
    }
  }

  void takeOther(std::string_view line) {
    if (section_ == "never") {
      eachPart(line, ',',
               [this](std::string_view name) { knowledge_.never.push_back(nameWords(name)); });
      return;
    }
    Words& words = section_ == "off before"  ? knowledge_.offBefore
                   : section_ == "off after" ? knowledge_.offAfter
                                             : knowledge_.offAfterPersonal;
    eachPart(line, ' ', [&words](std::string_view word) { words.emplace_back(word); });
  }

  Knowledge knowledge_;
  std::string_view section_;
  bool inGroup_ = false;
};

const Knowledge& knowledge() {
  static const Knowledge known =
      Reader().read(embeddedFile("native/src/privacy/data/sensitive.txt"));
  return known;
}

bool contains(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The words of a name, without those that stand for something else.
Words withoutHarmless(Words words, const Knowledge& known) {
  for (const Words& never : known.never) {
    const auto found = std::search(words.begin(), words.end(), never.begin(), never.end());
    if (found != words.end()) words.erase(found, found + static_cast<std::ptrdiff_t>(never.size()));
  }
  return words;
}

/// The words [begin, end) of a name, which are a pattern.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::optional<Place> placeOf(const Pattern& pattern, const Words& words, std::string_view all) {
  if (pattern.whole)
    return pattern.joined == all ? std::optional(Place{0, words.size()}) : std::nullopt;
  const auto found =
      std::search(words.begin(), words.end(), pattern.words.begin(), pattern.words.end());
  if (found != words.end()) {
    const auto begin = static_cast<std::size_t>(found - words.begin());
    return Place{begin, begin + pattern.words.size()};
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool here = pattern.inside ? words[i].find(pattern.joined) != std::string::npos
                                     : words[i] == pattern.joined;
    if (here) return Place{i, i + 1};
  }
  if (pattern.inside && all.find(pattern.joined) != all.npos) return Place{0, words.size()};
  return std::nullopt;
}

/// Whether the words around a pattern say that the column is about something else.
bool isAbout(const Words& words, Place place, Sensitivity sensitivity, const Knowledge& known) {
  for (std::size_t i = 0; i < place.begin; ++i)
    if (contains(known.offBefore, words[i])) return true;
  for (std::size_t i = place.end; i < words.size(); ++i) {
    if (contains(known.offAfter, words[i])) return true;
    if (sensitivity == Sensitivity::personal && contains(known.offAfterPersonal, words[i]))
      return true;
  }
  return false;
}

/// Patterns that could be in a name, in the order of the file.
std::vector<std::size_t> candidates(const Words& words, std::string_view all,
                                    const Knowledge& known) {
  std::vector<std::size_t> found = known.inside;
  if (!isAscii(all))
    found.insert(found.end(), known.insideForeign.begin(), known.insideForeign.end());
  const auto add = [&](std::string_view word) {
    const auto entry = known.byWord.find(word);
    if (entry != known.byWord.end())
      found.insert(found.end(), entry->second.begin(), entry->second.end());
  };
  for (const std::string& word : words) add(word);
  if (words.size() > 1) add(all);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::optional<Sensitive> findSensitive(std::string_view name, ColumnKind kind) {
  // A name that an expression gave itself may be a whole query.
  constexpr std::size_t longestName = 256;
  const Knowledge& known = knowledge();
  const Words words = withoutHarmless(nameWords(name.substr(0, longestName)), known);
  const std::string all = joined(words);
  for (const std::size_t index : candidates(words, all, known)) {
    const Pattern& pattern = known.patterns[index];
    const Group& group = known.groups[pattern.group];
    if (std::find(group.holds.begin(), group.holds.end(), kind) == group.holds.end()) continue;
    const auto place = placeOf(pattern, words, all);
    if (!place || isAbout(words, *place, group.sensitive.sensitivity, known)) continue;
    // Secrets stand first in the file, so the first is the worst.
    return group.sensitive;
  }
  return std::nullopt;
}

ColumnKind kindOfType(std::string_view type) {
  struct Entry {
    std::string_view part;
    ColumnKind kind;
  };
  // In the order to try: `tinyint(1)` is a flag, `interval` no integer, `datetime` no number.
  static constexpr Entry entries[] = {
      {"bool", ColumnKind::boolean},  {"tinyint(1)", ColumnKind::boolean},
      {"json", ColumnKind::json},     {"interval", ColumnKind::time},
      {"time", ColumnKind::time},     {"date", ColumnKind::time},
      {"blob", ColumnKind::binary},   {"bytea", ColumnKind::binary},
      {"binary", ColumnKind::binary}, {"point", ColumnKind::text},
      {"int", ColumnKind::number},    {"serial", ColumnKind::number},
      {"num", ColumnKind::number},    {"dec", ColumnKind::number},
      {"float", ColumnKind::number},  {"double", ColumnKind::number},
      {"real", ColumnKind::number},   {"money", ColumnKind::number},
      {"year", ColumnKind::time},     {"bit", ColumnKind::boolean},
  };
  const std::string lower = sql::lowerCase(std::string(type));
  // The values of an enum are no part of its type's name.
  const std::string_view name = std::string_view(lower).substr(
      0, lower.starts_with("enum") || lower.starts_with("set") ? 3 : lower.size());
  for (const Entry& entry : entries)
    if (name.find(entry.part) != name.npos) return entry.kind;
  return ColumnKind::text;
}

}  // namespace mydba::privacy
