#include "ai/intent/rules.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/embedded.h"

namespace mydba::ai::intent {
namespace {

using Id = std::uint32_t;

constexpr std::size_t shortGap = 3;
constexpr std::size_t longGap = 12;

struct Element {
  enum class Kind : std::uint8_t { words, gap, beginning, end };
  Kind kind = Kind::words;
  std::vector<Id> anyOf;  ///< of the words; sorted
  bool optional = false;
  std::size_t gap = 0;  ///< words at most
};

struct Rule {
  int weight = 0;
  std::string_view intent;
  std::vector<Element> elements;
  std::vector<Id> noneOf;
};

class Rules {
 public:
  static const Rules& all() {
    static const Rules rules(embeddedFile("native/src/ai/intent/data/rules.txt"));
    return rules;
  }

  const std::vector<Rule>& list() const { return rules_; }
  std::optional<Id> find(std::string_view symbol) const {
    const auto found = ids_.find(std::string(symbol));
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  explicit Rules(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      const auto line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (!line.empty() && !line.starts_with('#')) add(line);
    }
  }

  Id id(std::string_view symbol) {
    return ids_.try_emplace(std::string(symbol), static_cast<Id>(ids_.size())).first->second;
  }

  std::vector<Id> alternatives(std::string_view text) {
    std::vector<Id> ids;
    while (!text.empty()) {
      const auto end = std::min(text.find('|'), text.size());
      ids.push_back(id(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::ranges::sort(ids);
    return ids;
  }

  /// `weight intent: pattern`
  void add(std::string_view line) {
    Rule rule;
    std::from_chars(line.data(), line.data() + line.size(), rule.weight);
    const auto colon = line.find(':');
    const auto space = line.find(' ');
    rule.intent = line.substr(space + 1, colon - space - 1);
    line.remove_prefix(colon + 1);
    while (!line.empty()) {
      const auto end = std::min(line.find(' '), line.size());
      std::string_view word = line.substr(0, end);
      line.remove_prefix(std::min(end + 1, line.size()));
      if (!word.empty()) addElement(rule, word);
    }
    rules_.push_back(std::move(rule));
  }

  void addElement(Rule& rule, std::string_view word) {
    using enum Element::Kind;
    if (word == ".." || word == "..?")
      rule.elements.push_back({.kind = gap, .gap = shortGap});
    else if (word == "...")
      rule.elements.push_back({.kind = gap, .gap = longGap});
    else if (word == "^")
      rule.elements.push_back({.kind = beginning});
    else if (word == "$")
      rule.elements.push_back({.kind = Element::Kind::end});
    else if (word.starts_with('!'))
      std::ranges::copy(alternatives(word.substr(1)), std::back_inserter(rule.noneOf));
    else
      rule.elements.push_back(
          {.anyOf = alternatives(word.substr(0, word.find('?'))), .optional = word.ends_with('?')});
  }

  std::unordered_map<std::string, Id> ids_;
  std::vector<Rule> rules_;
};

/// The symbols of the rules that each word of a sentence is.
class Reading {
 public:
  Reading(const Sentence& sentence, const Mentions& mentions, const Rules& rules)
      : sentence_(sentence), marks_(sentence.size()), span_(sentence.size(), 1) {
    for (std::size_t at = 0; at < sentence.size(); ++at) mark(at, sentence.words[at], rules);
    for (const Mention& mention : mentions) mark(mention, rules);
    for (auto& ids : marks_) std::ranges::sort(ids);
    while (begin_ < sentence.size() && sentence.words[begin_].is("polite")) ++begin_;
    end_ = sentence.size();
    while (end_ > 0 && isFiller(end_ - 1)) --end_;
  }

  bool matches(const Rule& rule) const {
    for (const auto& ids : marks_)
      if (isAny(ids, rule.noneOf)) return false;
    const bool anchored = rule.elements.front().kind == Element::Kind::beginning;
    const std::size_t last = anchored ? 0 : sentence_.size();
    for (std::size_t at = 0; at <= last; ++at)
      if (matches(rule.elements, 0, at)) return true;
    return false;
  }

 private:
  void mark(std::size_t at, const Word& word, const Rules& rules) {
    const auto add = [&](const std::string& symbol) {
      if (const auto id = rules.find(symbol)) marks_[at].push_back(*id);
    };
    for (const std::string& form : word.forms) add(form);
    // "cancelled orders" have been cancelled; nobody asks for it.
    const bool past = word.forms.size() > 1 && word.folded.ends_with("ed");
    for (const Sense& sense : word.senses)
      if (!past || (sense.group != "delete" && sense.group != "change" && sense.group != "insert"))
        add("@" + std::string(sense.group));
    if (word.kind == WordKind::number || word.is("number")) add("#number");
    if (word.kind == WordKind::value) add("#value");
    if (word.kind == WordKind::sql) add("#sql");
    if (looksLikeSetting(word)) add("#name");
  }

  void mark(const Mention& mention, const Rules& rules) {
    const auto table = rules.find("#table");
    const auto column = rules.find("#column");
    for (std::size_t at = mention.first; at < mention.first + mention.count; ++at) {
      // The table `api_keys` or `reviews` is neither a key nor a review.
      if (!mention.tables.empty()) marks_[at].clear();
      if (!mention.tables.empty() && table) marks_[at].push_back(*table);
      if (!mention.columns.empty() && column) marks_[at].push_back(*column);
      span_[at] = mention.first + mention.count - at;
    }
  }

  bool isFiller(std::size_t at) const {
    const Word& word = sentence_.words[at];
    return word.isOneOf({"please", "thanks", "now", "pls", "thank", "you", "plz", "then", "again"});
  }
  bool isArticle(std::size_t at) const {
    return sentence_.words[at].isOneOf({"the", "a", "an", "my", "our", "your", "please", "just",
                                        "really", "currently", "actually"});
  }

  static bool isAny(const std::vector<Id>& marks, const std::vector<Id>& wanted) {
    return std::ranges::any_of(wanted,
                               [&](Id id) { return std::ranges::binary_search(marks, id); });
  }

  /// Gaps are bounded, so this tries a bounded number of ways whatever the text.
  bool matches(const std::vector<Element>& elements, std::size_t index, std::size_t at) const {
    if (index == elements.size()) return true;
    const Element& element = elements[index];
    switch (element.kind) {
      case Element::Kind::beginning:
        for (std::size_t from = 0; from <= begin_; ++from)
          if (matches(elements, index + 1, from)) return true;
        return false;
      case Element::Kind::end: return at >= end_;
      case Element::Kind::gap:
        for (std::size_t skipped = 0; skipped <= element.gap && at + skipped <= marks_.size();
             ++skipped)
          if (matches(elements, index + 1, at + skipped)) return true;
        return false;
      case Element::Kind::words: break;
    }
    if (element.optional && matches(elements, index + 1, at)) return true;
    for (std::size_t articles = 0; at < marks_.size() && articles < 3; ++at, ++articles) {
      if (isAny(marks_[at], element.anyOf) &&
          (matches(elements, index + 1, at + 1) ||
           (span_[at] > 1 && matches(elements, index + 1, at + span_[at]))))
        return true;
      if (index == 0 || !isArticle(at)) return false;
    }
    return false;
  }

  const Sentence& sentence_;
  std::vector<std::vector<Id>> marks_;
  std::vector<std::size_t> span_;  ///< words to the end of the mention that the word is in
  std::size_t begin_ = 0;          ///< behind politeness
  std::size_t end_ = 0;            ///< before fillers
};

}  // namespace

std::string_view decide(const Sentence& sentence, const Mentions& mentions) {
  const Rules& rules = Rules::all();
  const Reading reading(sentence, mentions, rules);
  const Rule* best = nullptr;
  bool agreed = true;
  for (const Rule& rule : rules.list()) {
    if (best && rule.weight < best->weight) continue;
    if (best && rule.weight == best->weight && rule.intent == best->intent) continue;
    if (!reading.matches(rule)) continue;
    agreed = !best || rule.weight > best->weight;
    best = &rule;
  }
  return best && agreed ? best->intent : "general";
}

}  // namespace mydba::ai::intent
