#include "ai/intent/name_index.h"

#include <algorithm>
#include <type_traits>

#include "ai/intent/lexicon.h"
#include "ai/intent/word_forms.h"
#include "privacy/name_words.h"

namespace mydba::ai::intent {
namespace {

constexpr std::size_t longestComment = 300;

std::vector<std::string> keyWords(std::string_view name) {
  std::vector<std::string> words = privacy::nameWords(name);
  for (std::string& word : words) word = singular(word);
  return words;
}

std::string joined(const std::vector<std::string>& words, std::size_t from, std::size_t to,
                   std::string_view between = " ") {
  std::string text;
  for (std::size_t at = from; at < to; ++at) {
    if (at > from) text += between;
    text += words[at];
  }
  return text;
}

bool isIn(std::string_view group, std::string_view word) {
  return std::ranges::any_of(Lexicon::english().find(word),
                             [&](const Sense& sense) { return sense.group == group; });
}

}  // namespace

std::string nameKey(std::string_view name) {
  const auto words = keyWords(name);
  return joined(words, 0, words.size());
}

template <typename Id>
void NameIndex::add(const std::string& key, Id id, Likeness likeness) {
  if (key.empty()) return;
  NamedThings& things = things_[key];
  auto& list = [&]() -> auto& {
    if constexpr (std::is_same_v<Id, TableId>)
      return things.tables;
    else
      return things.columns;
  }
  ();
  const auto known =
      std::ranges::find_if(list, [&](const Named<Id>& named) { return named.id == id; });
  if (known == list.end())
    list.push_back({id, likeness});
  else
    known->likeness = std::max(known->likeness, likeness);
}

template <typename Id>
void NameIndex::addName(const std::string& key, Id id, Likeness likeness) {
  add(key, id, likeness);
  for (const Sense& sense : Lexicon::english().find(key))
    if (sense.group.starts_with('~')) add(std::string(sense.group), id, Likeness::synonym);
}

template <typename Id>
void NameIndex::addComment(const std::string& comment, Id id) {
  for (const std::string& word : keyWords(std::string_view(comment).substr(0, longestComment)))
    if (word.size() >= 4 && Lexicon::english().find(word).empty()) add(word, id, Likeness::comment);
}

bool NameIndex::isSharedPrefix(const std::string& word) const {
  if (isIn("tableprefix", word)) return true;
  const auto found = firstWords_.find(word);
  return found != firstWords_.end() && found->second > 2 &&
         found->second * 2 > schema_.tables.size();
}

NameIndex::NameIndex(const Schema& schema) : schema_(schema) {
  for (const SchemaTable& table : schema.tables) {
    const auto words = privacy::nameWords(table.name);
    if (words.size() > 1) ++firstWords_[words.front()];
  }
  for (TableId table = 0; table < schema.tables.size(); ++table) {
    addTable(table);
    for (std::uint32_t column = 0; column < schema.tables[table].columns.size(); ++column)
      addColumn({table, column});
  }
}

void NameIndex::addTable(TableId id) {
  const SchemaTable& table = schema_.tables[id];
  const auto words = keyWords(table.name);
  addName(joined(words, 0, words.size()), id, Likeness::name);
  if (words.size() > 1) {
    add(joined(words, 0, words.size(), ""), id, Likeness::name);
    if (isSharedPrefix(words.front())) addName(joined(words, 1, words.size()), id, Likeness::part);
    // "events" for `audit_events`, where nothing else is called so.
    addName(words.back(), id, Likeness::part);
  }
  if (!table.schema.empty())
    add(nameKey(table.schema) + " " + nameKey(table.name), id, Likeness::name);
  addComment(table.comment, id);
}

void NameIndex::addColumn(ColumnId id) {
  const SchemaColumn& column = columnOf(schema_, id);
  const auto words = keyWords(column.name);
  addName(joined(words, 0, words.size()), id, Likeness::name);
  if (words.size() > 1) {
    add(joined(words, 0, words.size(), ""), id, Likeness::name);
    // `weight_kg`, `price_cents`, `shipped_at`, `is_active`: what it holds, without how.
    if (isIn("columnsuffix", words.back()))
      addName(joined(words, 0, words.size() - 1), id, Likeness::part);
    else if (words.back() != "id")
      addName(words.back(), id, Likeness::part);
    if (isIn("columnprefix", words.front()) ||
        words.front() == nameKey(schema_.tables[id.table].name))
      addName(joined(words, 1, words.size()), id, Likeness::part);
  }
  addComment(column.comment, id);
}

const NamedThings* NameIndex::find(const std::string& key) const {
  const auto found = things_.find(key);
  return found == things_.end() ? nullptr : &found->second;
}

const NamedThings* NameIndex::findGroup(std::string_view group) const {
  return find(std::string(group));
}

const NamedThings* NameIndex::findMisspelled(std::string_view word) const {
  const NamedThings* found = nullptr;
  for (const auto& [key, things] : things_) {
    if (!oneSlipApart(word, key)) continue;
    if (found) return nullptr;
    found = &things;
  }
  return found;
}

}  // namespace mydba::ai::intent
