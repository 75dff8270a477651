#include "ai/intent/request_reader.h"

#include <algorithm>
#include <charconv>

#include "ai/intent/column_kind.h"
#include "ai/intent/join_path.h"
#include "ai/intent/lexicon.h"
#include "ai/intent/name_index.h"
#include "ai/intent/word_forms.h"
#include "privacy/name_words.h"

namespace mydba::ai::intent {

RequestReader::RequestReader(const Sentence& sentence, const Mentions& mentions,
                             const Schema& schema, std::chrono::sys_seconds now)
    : sentence_(sentence),
      mentions_(mentions),
      schema_(schema),
      now_(now),
      used_(sentence.size()),
      mentionOf_(sentence.size(), none) {
  for (std::size_t index = 0; index < mentions.size(); ++index)
    for (std::size_t at = 0; at < mentions[index].count; ++at)
      mentionOf_[mentions[index].first + at] = index;
}

bool RequestReader::isAt(std::size_t at, std::initializer_list<std::string_view> words) const {
  return at < sentence_.size() && sentence_.words[at].isOneOf(words);
}

bool RequestReader::inGroup(std::size_t at, std::string_view group) const {
  return at < sentence_.size() && sentence_.words[at].is(group);
}

bool RequestReader::isArticle(std::size_t at) const {
  return isAt(at, {"the", "a", "an", "our", "my", "all", "any", "their", "its", "his", "her",
                   "different", "of", "single"});
}

std::size_t RequestReader::behindArticles(std::size_t at) const {
  while (isArticle(at)) ++at;
  return at;
}

/// The last word before `at` that is no article; `none` at the beginning.
std::size_t RequestReader::beforeArticles(std::size_t at) const {
  while (at > 0 && isArticle(at - 1)) --at;
  return at == 0 ? none : at - 1;
}

const Mention* RequestReader::mentionAt(std::size_t at) const {
  return at < sentence_.size() && mentionOf_[at] != none ? &mentions_[mentionOf_[at]] : nullptr;
}
const Mention* RequestReader::tableAt(std::size_t at) const {
  const Mention* mention = mentionAt(at);
  return mention && !mention->tables.empty() && mention->columns.empty() ? mention : nullptr;
}
const Mention* RequestReader::columnAt(std::size_t at) const {
  const Mention* mention = mentionAt(at);
  return mention && !mention->columns.empty() ? mention : nullptr;
}

std::optional<std::int64_t> RequestReader::numberAt(std::size_t at) const {
  if (at >= sentence_.size()) return std::nullopt;
  const Word& word = sentence_.words[at];
  const std::string_view text =
      word.kind == WordKind::number ? std::string_view(word.folded) : word.valueIn("number");
  std::int64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || rest != text.data() + text.size())
    return std::nullopt;
  return number;
}

std::optional<std::string> RequestReader::decimalAt(std::size_t at) const {
  if (at >= sentence_.size()) return std::nullopt;
  const Word& word = sentence_.words[at];
  if (word.kind == WordKind::number && std::ranges::count(word.folded, '.') < 2) return word.folded;
  if (const auto number = numberAt(at)) return std::to_string(*number);
  return std::nullopt;
}

void RequestReader::use(std::size_t first, std::size_t count) {
  for (std::size_t at = first; at < std::min(first + count, used_.size()); ++at) used_[at] = true;
}

/// The column of a table whose name is of a group of synonyms; the first where there are several.
std::optional<ColumnId> RequestReader::columnLike(TableId table, std::string_view group) const {
  const auto& columns = schema_.tables[table].columns;
  for (std::uint32_t at = 0; at < columns.size(); ++at) {
    if (isIdentifier(columns[at])) continue;
    for (const std::string& word : privacy::nameWords(columns[at].name))
      for (const Sense& sense : Lexicon::english().find(word))
        if (sense.group == group) return ColumnId{table, at};
  }
  return std::nullopt;
}

/// When a row came to be: its only time, or the first one that is no birthday nor an end.
std::optional<ColumnId> RequestReader::timeColumn(TableId table) const {
  std::optional<ColumnId> first;
  const auto& columns = schema_.tables[table].columns;
  for (std::uint32_t at = 0; at < columns.size(); ++at) {
    if (!isTime(columns[at])) continue;
    if (!first) first = ColumnId{table, at};
    for (const std::string& word : privacy::nameWords(columns[at].name))
      if (std::ranges::any_of(Lexicon::english().find(word),
                              [](const Sense& sense) { return sense.group == "beginning"; }))
        return ColumnId{table, at};
  }
  return first;
}

std::optional<ColumnId> RequestReader::stateColumn(TableId table) const {
  return columnLike(table, "~status");
}

std::optional<ColumnId> RequestReader::primaryKey(TableId table) const {
  std::optional<ColumnId> key;
  const auto& columns = schema_.tables[table].columns;
  for (std::uint32_t at = 0; at < columns.size(); ++at) {
    if (!columns[at].primaryKey) continue;
    if (key) return std::nullopt;
    key = ColumnId{table, at};
  }
  return key;
}

/// The first table that is not what others are counted by, filtered by or lack.
void RequestReader::mainTable(bool counts) {
  std::size_t chosen = none;
  for (std::size_t index = 0; index < mentions_.size() && chosen == none; ++index) {
    const Mention& mention = mentions_[index];
    if (mention.tables.empty() || !mention.columns.empty()) continue;
    const std::size_t before = beforeArticles(mention.first);
    const bool aside = before != none &&
                       (isAt(before, {"per", "each", "every", "by", "with", "having", "has", "have",
                                      "many", "most", "fewest"}) ||
                        inGroup(before, "without")) &&
                       !(before > 0 && isAt(before, {"many"}) && isAt(before - 1, {"how"}));
    const bool single = before != none && isAt(before, {"each", "every"}) &&
                        !isAt(before == 0 ? 0 : before - 1, {"for"}) && !counts;
    if (!aside || single) chosen = index;
  }
  if (chosen == none) {
    for (const Mention& mention : mentions_)
      if (!mention.columns.empty() && !request_.table) request_.table = mention.columns[0].table;
    return;
  }
  // "customer orders": the last of several is what the rows are about.
  while (chosen + 1 < mentions_.size() &&
         mentions_[chosen].first + mentions_[chosen].count == mentions_[chosen + 1].first &&
         !mentions_[chosen + 1].tables.empty() && mentions_[chosen + 1].columns.empty() &&
         !sentence_.words[mentions_[chosen + 1].first].afterBreak) {
    use(mentions_[chosen].first, mentions_[chosen].count);
    ++chosen;
  }
  const Mention& main = mentions_[chosen];
  request_.table = main.tables[0];
  const std::string& last = sentence_.words[main.first + main.count - 1].folded;
  mainIsSingular_ = singular(last) == last;
  use(main.first, main.count);
}

/// `order 42`, `customer #12`, `user with id 5`: the row of that key, here or behind a foreign key.
void RequestReader::identifiers() {
  for (const Mention& mention : mentions_) {
    if (mention.tables.empty() || !mention.columns.empty() || !request_.table) continue;
    std::size_t at = mention.first + mention.count;
    const std::size_t begin = at;
    while (isAt(at, {"with", "id", "number", "no", "nr", "whose", "is", "the"}) && at < begin + 4)
      ++at;
    if (at >= sentence_.size() || sentence_.words[at].kind != WordKind::number ||
        sentence_.words[at].afterBreak || used_[at])
      continue;
    const auto number = numberAt(at);
    const TableId table = mention.tables[0];
    const auto key = primaryKey(table);
    const auto path = referencePath(schema_, *request_.table, table);
    if (!number || !key || (table != *request_.table && !path)) continue;
    add(*key, Comparison::equal, {std::to_string(*number)}, true);
    use(mention.first, at + 1 - mention.first);
  }
}

/// Columns that no part has taken: they are what is to be shown.
void RequestReader::shownColumns() {
  if (!request_.table || request_.aggregate != Aggregate::none) return;
  for (const Mention& mention : mentions_) {
    if (mention.columns.empty() || used_[mention.first]) continue;
    const ColumnId column = mention.columns[0];
    if (std::ranges::find(request_.columns, column) == request_.columns.end())
      request_.columns.push_back(column);
    use(mention.first, mention.count);
  }
  for (std::size_t at = 0; at < sentence_.size(); ++at)
    if (isAt(at, {"distinct", "unique", "different"}) && !used_[at]) {
      request_.distinct = true;
      use(at);
    }
  if (request_.distinct && request_.columns.empty()) request_.distinct = false;
}

/// Tables that no part has taken: rows of the main table that belong to theirs.
void RequestReader::otherTables() {
  if (!request_.table) return;
  for (const Mention& mention : mentions_) {
    if (mention.tables.empty() || !mention.columns.empty() || used_[mention.first]) continue;
    const TableId table = mention.tables[0];
    const bool filtered = std::ranges::any_of(
        request_.conditions, [&](const Condition& one) { return one.column.table == table; });
    const bool shown = std::ranges::any_of(request_.columns,
                                           [&](ColumnId column) { return column.table == table; });
    if (table != *request_.table && !filtered && !shown) {
      if (!referencePath(schema_, table, *request_.table)) continue;
      request_.related.push_back({.table = table});
    }
    use(mention.first, mention.count);
  }
}

/// A word that means something, and that no part has taken.
bool RequestReader::leftOver() const {
  std::size_t verb = 0;
  while (inGroup(verb, "polite")) ++verb;
  for (std::size_t at = 0; at < sentence_.size(); ++at) {
    if (used_[at]) continue;
    const Word& word = sentence_.words[at];
    // The verb of a change has been read by whoever asks for its rows.
    if (at == verb && (word.is("delete") || word.is("change"))) continue;
    if (word.kind != WordKind::word) return true;
    const bool harmless = word.is("filler") || word.is("polite") || word.is("show") ||
                          word.is("harmless") || word.is("count");
    const bool meaningful = word.is("not") || word.is("without") || word.is("above") ||
                            word.is("below") || word.is("most") || word.is("superlative") ||
                            word.is("state") || word.is("aggregate") || word.is("unit");
    if (!harmless || (meaningful && !word.is("harmless"))) return true;
  }
  return false;
}

std::optional<std::int64_t> RequestReader::readLimit() {
  limits();
  return request_.limit;
}

Request RequestReader::read(bool counts, const std::optional<Request>& before) {
  if (before) {
    request_ = *before;
    // What is said anew takes the place of what was said.
    request_.limit.reset();
    request_.order.reset();
  }
  if (counts) request_.aggregate = Aggregate::count;
  if (!before) mainTable(counts);
  if (!request_.table) return request_;
  timeSpans();
  limits();
  identifiers();
  aggregates();
  groups();
  rankings();
  superlatives();
  sorting();
  comparisons();
  absences();
  values();
  states();
  places();
  shownColumns();
  otherTables();
  request_.complete = !leftOver() && (!before || before->complete);
  if (before && !request_.limit) request_.limit = before->limit;
  if (before && !request_.order) request_.order = before->order;
  return request_;
}

void RequestReader::add(ColumnId column, Comparison comparison, std::vector<std::string> values,
                        bool numeric) {
  request_.conditions.push_back({.column = column,
                                 .comparison = comparison,
                                 .values = std::move(values),
                                 .numeric = numeric});
}

}  // namespace mydba::ai::intent
