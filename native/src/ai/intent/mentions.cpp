#include "ai/intent/mentions.h"

#include <algorithm>
#include <set>

#include "ai/intent/name_index.h"
#include "ai/intent/word_forms.h"
#include "privacy/name_words.h"

namespace mydba::ai::intent {
namespace {

constexpr std::size_t longestName = 4;  ///< words of the sentence that make one name

/// A word that English has no use for here: it can name something.
bool isNoun(const Word& word) {
  return (word.kind == WordKind::word && word.folded.size() > 2 &&
          std::ranges::all_of(word.senses,
                              [](const Sense& sense) { return sense.group.starts_with('~'); })) ||
         (word.kind == WordKind::name && !looksLikeSetting(word));
}

/// Nothing but the name itself makes a word of the grammar a name.
bool isGrammar(const Word& word) {
  for (const std::string_view group :
       {"filler", "polite",      "show",    "first",   "not",      "other",   "top",
        "most",   "group",       "above",   "below",   "named",    "sort",    "queryword",
        "state",  "superlative", "explain", "analyze", "optimize", "profile", "activity",
        "change", "delete",      "insert",  "running", "slow"})
    if (word.is(group)) return true;
  return false;
}

class Finder {
 public:
  Finder(const Sentence& sentence, const Schema& schema)
      : sentence_(sentence), schema_(schema), index_(schema), taken_(sentence.size()) {}

  Mentions find() {
    for (std::size_t count = longestName; count > 0; --count) tables(count);
    for (std::size_t count = longestName; count > 0; --count) columns(count);
    std::ranges::sort(mentions_, {}, &Mention::first);
    return std::move(mentions_);
  }

 private:
  bool canName(std::size_t first, std::size_t count) const {
    for (std::size_t at = first; at < first + count; ++at) {
      const Word& word = sentence_.words[at];
      if (taken_[at] || (word.kind != WordKind::word && word.kind != WordKind::name)) return false;
      if (at > first && word.afterBreak) return false;
    }
    return true;
  }

  std::string keyOf(std::size_t first, std::size_t count) const {
    std::string key;
    for (std::size_t at = first; at < first + count; ++at)
      key += (key.empty() ? "" : " ") + nameKey(sentence_.words[at].text);
    return key;
  }

  void take(Mention mention) {
    for (std::size_t at = mention.first; at < mention.first + mention.count; ++at)
      taken_[at] = true;
    mentions_.push_back(std::move(mention));
  }

  /// "order by", "in order to": the verb or noun of the language, not the table.
  bool isPhrase(std::size_t at) const {
    const Word& word = sentence_.words[at];
    const auto next = [&](std::initializer_list<std::string_view> words) {
      return at + 1 < sentence_.size() && sentence_.words[at + 1].isOneOf(words);
    };
    if (word.folded == "order") return next({"by", "to"});
    if (word.folded == "group" || word.folded == "grouped") return next({"by"});
    // `orders.status` is a column, `what's this table called` no table.
    return word.is("tableword") && word.kind == WordKind::word;
  }

  template <typename Id>
  static std::vector<Id> likeliest(const std::vector<Named<Id>>& named) {
    Likeness best = Likeness::comment;
    for (const auto& one : named) best = std::max(best, one.likeness);
    std::vector<Id> ids;
    for (const auto& one : named)
      if (one.likeness == best) ids.push_back(one.id);
    return ids;
  }
  template <typename Id>
  static bool isNamed(const std::vector<Named<Id>>& named, Likeness likeness) {
    return std::ranges::any_of(named, [&](const auto& one) { return one.likeness >= likeness; });
  }

  void tables(std::size_t count) {
    for (std::size_t at = 0; at + count <= sentence_.size(); ++at) {
      if (!canName(at, count) || (count == 1 && isPhrase(at))) continue;
      const bool grammar = count == 1 && isGrammar(sentence_.words[at]);
      const NamedThings* things = lookUp(at, count, grammar);
      if (!things || things->tables.empty()) continue;
      // A column of that very name is meant rather than a table with a comment.
      if (isNamed(things->columns, Likeness::name) && !isNamed(things->tables, Likeness::part))
        continue;
      if (grammar && !isNamed(things->tables, Likeness::name)) continue;
      auto ids = likeliest(things->tables);
      if (!isNamed(things->tables, Likeness::part) && ids.size() > 2) continue;
      for (const TableId id : ids) mentioned_.insert(id);
      take({.first = at, .count = count, .tables = std::move(ids)});
    }
  }

  const NamedThings* lookUp(std::size_t at, std::size_t count, bool exact) const {
    if (const NamedThings* found = index_.find(keyOf(at, count))) return found;
    const Word& word = sentence_.words[at];
    if (count > 1 || exact) return nullptr;
    for (const Sense& sense : word.senses)
      if (sense.group.starts_with('~'))
        if (const NamedThings* found = index_.findGroup(sense.group)) return found;
    if (!word.senses.empty() || word.kind != WordKind::word) return nullptr;
    if (const NamedThings* found = index_.findMisspelled(word.folded)) return found;
    return index_.findMisspelled(singular(word.folded));
  }

  /// 0: of the first table that is mentioned, 1: of another one, 2: of one that they refer to or
  /// that refers to them, 3: of none of these.
  int distance(ColumnId id) const {
    if (mentioned_.contains(id.table)) return 0;
    const auto refers = [&](TableId from, TableId to) {
      return std::ranges::any_of(schema_.tables[from].foreignKeys, [&](const auto& key) {
        return key.table == schema_.tables[to].name;
      });
    };
    for (const TableId table : mentioned_)
      if (refers(table, id.table)) return 1;
    for (const TableId table : mentioned_)
      if (refers(id.table, table)) return 2;
    return 3;
  }

  void columns(std::size_t count) {
    for (std::size_t at = 0; at + count <= sentence_.size(); ++at) {
      if (!canName(at, count) || (count == 1 && isPhrase(at))) continue;
      const bool grammar = count == 1 && isGrammar(sentence_.words[at]);
      if (qualified(at)) continue;
      const NamedThings* things = lookUp(at, count, grammar);
      if (!things || things->columns.empty()) continue;
      auto named = things->columns;
      // Without any table only a name of its own is sure enough.
      std::erase_if(named, [&](const Named<ColumnId>& one) {
        const int away = distance(one.id);
        return away > (mentioned_.empty() ? 3 : 2) ||
               (grammar && (one.likeness < Likeness::name || away > 0)) ||
               (mentioned_.empty() && one.likeness < Likeness::part &&
                !sentence_.words[at].is("measureword"));
      });
      // "revenue" of whatever has only one.
      if (mentioned_.empty() && !named.empty() && named[0].likeness < Likeness::part &&
          std::ranges::any_of(named,
                              [&](const auto& one) { return one.id.table != named[0].id.table; }))
        continue;
      if (named.empty()) continue;
      std::ranges::stable_sort(named, [&](const auto& a, const auto& b) {
        const int near = distance(a.id) - distance(b.id);
        return near != 0 ? near < 0 : a.likeness > b.likeness;
      });
      std::vector<ColumnId> ids;
      for (const auto& one : named) ids.push_back(one.id);
      take({.first = at, .count = count, .columns = std::move(ids)});
    }
  }

  /// `orders.status`
  bool qualified(std::size_t at) {
    const Word& word = sentence_.words[at];
    const auto point = word.text.rfind('.');
    if (word.kind != WordKind::name || point == word.text.npos || taken_[at]) return false;
    const NamedThings* tables = index_.find(nameKey(word.text.substr(0, point)));
    const NamedThings* columns = index_.find(nameKey(word.text.substr(point + 1)));
    if (!tables || !columns) return false;
    for (const auto& table : tables->tables)
      for (const auto& column : columns->columns)
        if (column.id.table == table.id && table.likeness == Likeness::name) {
          mentioned_.insert(table.id);
          take({.first = at, .tables = {table.id}, .columns = {column.id}});
          return true;
        }
    return false;
  }

  const Sentence& sentence_;
  const Schema& schema_;
  NameIndex index_;
  std::vector<bool> taken_;
  std::set<TableId> mentioned_;
  Mentions mentions_;
};

}  // namespace

bool looksLikeSetting(const Word& word) {
  if (word.kind == WordKind::word) return word.is("settingname");
  if (word.kind != WordKind::name) return false;
  const auto parts = privacy::nameWords(word.text);
  return std::ranges::any_of(parts, [](const std::string& part) {
    return std::ranges::any_of(Lexicon::english().find(part), [](const Sense& sense) {
      return sense.group == "settingpart" || sense.group == "settingname";
    });
  });
}

Schema guessSchema(const Sentence& sentence) {
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    if (!isNoun(sentence.words[at])) continue;
    // "customer orders": the last of several is what the others are about.
    while (at + 1 < sentence.size() && isNoun(sentence.words[at + 1]) &&
           !sentence.words[at + 1].afterBreak)
      ++at;
    return {.tables = {{.name = sentence.words[at].text}}};
  }
  return {};
}

Mentions findMentions(const Sentence& sentence, const Schema& schema) {
  return Finder(sentence, schema).find();
}

}  // namespace mydba::ai::intent
