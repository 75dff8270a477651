#include <algorithm>

#include "ai/intent/column_kind.h"
#include "ai/intent/join_path.h"
#include "ai/intent/request_reader.h"
#include "ai/intent/time_span.h"
#include "sql/keyword.h"

// Which rows: from when, how large, called what, in which state, without what.

namespace mydba::ai::intent {

void RequestReader::timeSpans() {
  for (std::size_t at = 0; at < sentence_.size(); ++at) {
    if (used_[at]) continue;
    const auto span = readTimeSpan(sentence_, at, now_);
    if (!span) continue;
    const auto column = timeColumnNear(at);
    if (!column) continue;
    const bool negated = at > 0 && at + span->words > at && isAt(at, {"for", "in", "since"}) &&
                         std::any_of(sentence_.words.begin(),
                                     sentence_.words.begin() + static_cast<std::ptrdiff_t>(at),
                                     [](const Word& word) { return word.folded == "not"; });
    if (negated) return;  // "not logged in for 90 days": before that, or never
    if (span->from) add(*column, Comparison::greaterOrEqual, {*span->from});
    if (span->before) add(*column, Comparison::less, {*span->before});
    use(at, span->words);
    at += span->words - 1;
  }
}

/// Of the time before it: "shipped last week"; else when the rows came to be.
std::optional<ColumnId> RequestReader::timeColumnNear(std::size_t at) {
  for (std::size_t back = 1; back <= 4 && back <= at; ++back) {
    const Mention* mention = columnAt(at - back);
    if (!mention) continue;
    for (const ColumnId id : mention->columns)
      if (isTime(columnOf(schema_, id)) && id.table == *request_.table) {
        use(mention->first, mention->count);
        return id;
      }
  }
  const auto column = timeColumn(*request_.table);
  // "new customers this month" came to be this month.
  for (std::size_t index = 0; column && index < at; ++index)
    if (isAt(index, {"new"})) use(index);
  // "created", "placed", "signed up": verbs of beginning add nothing.
  for (std::size_t back = 1; column && back <= 4 && back <= at; ++back)
    if (inGroup(at - back, "beginning") || inGroup(at - back, "did") ||
        (isAt(at - back, {"up"}) && at > back && inGroup(at - back - 1, "beginning")))
      use(at - back);
  return column;
}

void RequestReader::comparisons() {
  for (std::size_t at = 0; at < sentence_.size(); ++at)
    if (!used_[at]) comparisonAt(at);
}

/// `over 100`, `less than 3`, `at least 2`, `between 10 and 20`; `rating 5`, `stock is 0`
bool RequestReader::comparisonAt(std::size_t at) {
  if (isAt(at, {"between"})) {
    const auto low = decimalAt(at + 1);
    const auto high = decimalAt(at + 3);
    if (!low || !high || !isAt(at + 2, {"and"})) return false;
    return compare(at, Comparison::greaterOrEqual, *low, at + 2) &&
           compare(at, Comparison::lessOrEqual, *high, at + 4);
  }
  if (isAt(at, {"at"}) && isAt(at + 1, {"least", "most"})) {
    const auto number = decimalAt(at + 2);
    return number &&
           compare(at,
                   isAt(at + 1, {"least"}) ? Comparison::greaterOrEqual : Comparison::lessOrEqual,
                   *number, at + 3);
  }
  const bool above = inGroup(at, "above");
  if (above || inGroup(at, "below")) {
    std::size_t number = at + 1;
    if (isAt(number, {"than"})) ++number;
    const auto value = decimalAt(number);
    return value && compare(at, above ? Comparison::greater : Comparison::less, *value, number + 1);
  }
  const Mention* column = columnAt(at);
  if (!column || at != column->first || !isNumeric(columnOf(schema_, column->columns[0])))
    return false;
  std::size_t number = at + column->count;
  while (isAt(number, {"is", "are", "of", "equals", "equal", "to", "exactly", "was"})) ++number;
  const auto value = decimalAt(number);
  return value && sentence_.words[number].kind == WordKind::number &&
         compare(at, Comparison::equal, *value, number + 1);
}

/// With the column that stands before or behind, or that the word itself says: `cheaper`.
bool RequestReader::compare(std::size_t at, Comparison comparison, const std::string& value,
                            std::size_t end) {
  const TableId table = *request_.table;
  std::optional<ColumnId> column;
  for (std::size_t back = 0; back <= 3 && back <= at && !column; ++back) {
    const Mention* mention = columnAt(at - back);
    if (!mention) continue;
    for (const ColumnId id : mention->columns)
      if (!column && isNumeric(columnOf(schema_, id))) column = id;
    if (column) use(mention->first, mention->count);
  }
  if (!column && columnAt(end) && isNumeric(columnOf(schema_, columnAt(end)->columns[0]))) {
    column = columnAt(end)->columns[0];
    use(end, columnAt(end)->count);
  }
  if (!column) {
    const std::string_view measured = sentence_.words[at].valueIn("comparative");
    if (!measured.empty()) column = columnLike(table, "~" + std::string(measured));
  }
  const bool money = inGroup(end, "money");
  if (!column && (money || sentence_.words[at].is("above") || sentence_.words[at].is("below"))) {
    column = columnLike(table, "~amount");
    if (!column) column = columnLike(table, "~price");
    // Without money or a column it could be anything.
    if (!money && column && !isCents(columnOf(schema_, *column)) && columnLike(table, "~price") &&
        columnLike(table, "~price") != column)
      column.reset();
  }
  if (!column) return false;
  std::string text = value;
  if (isCents(columnOf(schema_, *column)) && !inGroup(end, "cents")) {
    const auto point = text.find('.');
    const std::string fraction = point == text.npos ? "" : text.substr(point + 1, 2);
    text = text.substr(0, point) + fraction + std::string(2 - fraction.size(), '0');
  }
  add(*column, comparison, {text}, true);
  use(at, end - at);
  if (money || inGroup(end, "measure") || inGroup(end, "cents")) use(end);
  return true;
}

void RequestReader::absences() {
  for (std::size_t at = 0; at < sentence_.size(); ++at)
    if (!used_[at] && absenceAt(at)) continue;
}

/// `without orders`, `who never ordered`, `no phone number`, `phone is missing`
bool RequestReader::absenceAt(std::size_t at) {
  const TableId main = *request_.table;
  const bool without = inGroup(at, "without") || isAt(at, {"not"});
  std::size_t next = behindArticles(at + 1);
  while (isAt(next, {"been", "have", "has", "had", "be", "single", "yet", "get"})) ++next;
  const auto relate = [&](TableId table, std::size_t end) {
    if (table == main || !referencePath(schema_, table, main)) return false;
    request_.related.push_back({.table = table, .absent = true});
    use(at, end - at);
    return true;
  };
  if (without && next < sentence_.size()) {
    if (const Mention* table = tableAt(next)) {
      if (relate(table->tables[0], table->first + table->count)) return true;
      // "orders without a customer": the reference itself is missing.
      return false;
    }
    if (const std::string_view did = sentence_.words[next].valueIn("did"); !did.empty())
      for (TableId table = 0; table < schema_.tables.size(); ++table)
        if (table != main && schema_.tables[table].name.starts_with(did) &&
            relate(table, next + 1)) {
          if (isAt(next + 1, {"anything", "something"})) use(next + 1);
          return true;
        }
    if (const Mention* column = columnAt(next)) {
      const ColumnId id = column->columns[0];
      if (isAt(at, {"not"}) && !isTime(columnOf(schema_, id)) && !isBoolean(columnOf(schema_, id)))
        return false;
      add(id, isBoolean(columnOf(schema_, id)) ? Comparison::isFalse : Comparison::isNull);
      use(at, column->first + column->count - at);
      if (isAt(column->first + column->count, {"number", "yet", "date"}))
        use(column->first + column->count);
      return true;
    }
  }
  // "phone is missing", "where shipped_at is null", "has a phone number"
  const Mention* column = columnAt(at);
  if (!column || column->first != at) return false;
  std::size_t end = at + column->count;
  while (isAt(end, {"number", "is", "are", "was", "were", "value", "date"})) ++end;
  const bool negated = isAt(end, {"not"});
  if (negated) ++end;
  if (!isAt(end, {"missing", "null", "empty", "unknown", "unset", "blank"})) return false;
  add(column->columns[0], negated ? Comparison::isNotNull : Comparison::isNull);
  use(at, end + 1 - at);
  return true;
}

void RequestReader::values() {
  for (std::size_t at = 0; at < sentence_.size(); ++at)
    if (!used_[at]) valueAt(at);
}

/// A value from `at`: one word or text in quotes, or several words in capitals.
std::string RequestReader::textFrom(std::size_t at, std::size_t& end) const {
  end = at;
  if (at >= sentence_.size() || used_[at]) return {};
  const Word& first = sentence_.words[at];
  if (first.kind == WordKind::sql) return {};
  end = at + 1;
  std::string text = first.text;
  const auto capital = [&](std::size_t index) {
    const char c = sentence_.words[index].text.empty() ? 'a' : sentence_.words[index].text[0];
    return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  if (first.kind != WordKind::word || !capital(at)) return text;
  while (end < sentence_.size() && !used_[end] && sentence_.words[end].kind == WordKind::word &&
         !sentence_.words[end].afterBreak && capital(end) && mentionOf_[end] == none) {
    text += " " + sentence_.words[end].text;
    ++end;
  }
  return text;
}

/// `named Ada`, `status pending`, `email is x@y.z`, `name starts with M`
bool RequestReader::valueAt(std::size_t at) {
  const Word& word = sentence_.words[at];
  if (word.kind == WordKind::value && word.text.find('@') != word.text.npos) {
    const auto email = columnLike(*request_.table, "~email");
    if (!email) return false;
    add(*email, Comparison::equal, {word.text});
    use(at);
    return true;
  }
  const Mention* mention = columnAt(at);
  std::optional<ColumnId> column;
  std::size_t next = at + 1;
  if (mention && mention->first == at) {
    column = mention->columns[0];
    next = at + mention->count;
  } else if (isAt(at, {"named", "called", "titled"}) && mentionOf_[at] == none) {
    column = columnLike(*request_.table, "~name");
  }
  if (!column || !(isText(columnOf(schema_, *column)) || isTime(columnOf(schema_, *column))))
    return false;
  Comparison comparison = Comparison::equal;
  const std::size_t verb = next;
  while (isAt(next, {"is", "are", "was", "equals", "equal", "of", "to", "like", "that"})) ++next;
  if (isAt(next, {"start", "begin"})) comparison = Comparison::startsWith;
  if (isAt(next, {"end"})) comparison = Comparison::endsWith;
  if (isAt(next, {"contain", "include"})) comparison = Comparison::contains;
  if (comparison != Comparison::equal) ++next;
  while (comparison != Comparison::equal && isAt(next, {"with", "by", "the", "word", "letter"}))
    ++next;
  // "name and price", "status per month": no value.
  std::size_t end = next;
  const std::string text = textFrom(next, end);
  const bool plain = next < sentence_.size() && next == verb && comparison == Comparison::equal;
  if (text.empty() || mentionOf_[next] != none ||
      (sentence_.words[next].kind == WordKind::word &&
       (sentence_.words[next].is("filler") || sentence_.words[next].is("sort") ||
        (plain && !sentence_.words[next].is("state") &&
         std::ranges::any_of(sentence_.words[next].senses,
                             [](const Sense& sense) { return !sense.group.starts_with('~'); })))))
    return false;
  // A row of the shown columns is no filter: "show name of customers in Berlin".
  const bool state = sentence_.words[next].is("state");
  add(*column, comparison, {state ? std::string(sentence_.words[next].valueIn("state")) : text});
  use(at, end - at);
  return true;
}

/// `in Berlin`, `from Germany`: of the main table, or of one that it refers to.
void RequestReader::places() {
  for (std::size_t at = 0; at + 1 < sentence_.size(); ++at) {
    if (used_[at] || !isAt(at, {"in", "from", "at", "near", "of"})) continue;
    const std::size_t next = behindArticles(at + 1);
    if (next >= sentence_.size() || used_[next] || mentionOf_[next] != none) continue;
    const Word& word = sentence_.words[next];
    const bool country = word.is("country");
    if (!country &&
        !(word.kind == WordKind::value || (word.kind == WordKind::word && word.senses.empty())))
      continue;
    // A country that has two words is listed by its first: "United Kingdom".
    std::size_t end = next;
    const std::string text = textFrom(next, end);
    const auto find = [&](TableId table) -> std::optional<ColumnId> {
      return columnLike(table, country ? "~country" : "~city");
    };
    std::optional<ColumnId> column;
    for (std::size_t back = at; back > 0 && !column; --back)
      if (const Mention* table = tableAt(back - 1)) column = find(table->tables[0]);
    for (const SchemaForeignKey& key : schema_.tables[*request_.table].foreignKeys)
      for (TableId table = 0; table < schema_.tables.size() && !column; ++table)
        if (schema_.tables[table].name == key.table) column = find(table);
    if (!column) continue;
    std::vector<std::string> values = {text};
    if (country && !word.valueIn("country").empty()) values.emplace_back(word.valueIn("country"));
    add(*column, Comparison::equal, std::move(values));
    use(at, end - at);
  }
}

void RequestReader::states() {
  for (std::size_t at = 0; at < sentence_.size(); ++at)
    if (!used_[at]) stateAt(at);
}

/// `cancelled orders`, `unshipped`, `active users`, `out of stock`, `are free`
bool RequestReader::stateAt(std::size_t at) {
  const TableId table = *request_.table;
  const Word& word = sentence_.words[at];
  if (isAt(at, {"out"}) && isAt(at + 1, {"of"}) && columnAt(at + 2) &&
      isNumeric(columnOf(schema_, columnAt(at + 2)->columns[0]))) {
    add(columnAt(at + 2)->columns[0], Comparison::equal, {"0"}, true);
    use(at, 2 + columnAt(at + 2)->count);
    return true;
  }
  const bool negated = at > 0 && isAt(at - 1, {"not"});
  const auto named = [&](std::string_view text) -> std::optional<ColumnId> {
    const auto& columns = schema_.tables[table].columns;
    for (std::uint32_t index = 0; index < columns.size(); ++index) {
      std::string name = sql::lowerCase(columns[index].name);
      for (const std::string_view prefix : {"is_", "has_"})
        if (name.starts_with(prefix)) name.erase(0, prefix.size());
      for (const std::string_view suffix : {"_at", "_on", "_date"})
        if (name.ends_with(suffix)) name.erase(name.size() - suffix.size());
      if (name == text) return ColumnId{table, index};
    }
    return std::nullopt;
  };
  const auto flag = [&](ColumnId column, bool on) {
    if (isBoolean(columnOf(schema_, column)))
      add(column, on ? Comparison::isTrue : Comparison::isFalse);
    else if (isTime(columnOf(schema_, column)))
      add(column, on ? Comparison::isNotNull : Comparison::isNull);
    else
      return false;
    use(negated ? at - 1 : at, negated ? 2 : 1);
    return true;
  };
  const auto state = stateColumn(table);
  // A column of that very name says it without a guess at a value.
  if (const auto column = named(word.folded); column && flag(*column, !negated)) return true;
  for (const std::string_view prefix : {"un", "in", "non"})
    if (word.folded.starts_with(prefix))
      if (const auto column = named(word.folded.substr(prefix.size()));
          column && flag(*column, negated))
        return true;
  if (word.is("state") && state && isText(columnOf(schema_, *state))) {
    add(*state, Comparison::equal, {std::string(word.valueIn("state"))});
    request_.conditions.back().negated = negated;
    use(negated ? at - 1 : at, negated ? 2 : 1);
    return true;
  }
  return false;
}

/// `set the price of product 5 to 10`: what is assigned, and its words are taken.
std::optional<Condition> RequestReader::readAssignment() {
  std::size_t to = none;
  for (std::size_t at = 0; at < sentence_.size(); ++at)
    if (isAt(at, {"to", "as"}) && at + 2 == sentence_.size()) to = at;
  if (to == none) return std::nullopt;
  const Mention* mention = nullptr;
  for (const Mention& one : mentions_)
    if (!one.columns.empty() && one.first < to) {
      if (mention) return std::nullopt;
      mention = &one;
    }
  if (!mention) return std::nullopt;
  const Word& word = sentence_.words[to + 1];
  ColumnId column = mention->columns[0];
  const SchemaColumn& named = columnOf(schema_, column);
  Condition assigned{.column = column};
  if (isNumeric(named)) {
    const auto number = decimalAt(to + 1);
    if (!number) return std::nullopt;
    std::string text = *number;
    if (isCents(named)) {
      if (text.find('.') != text.npos) return std::nullopt;
      text += "00";
    }
    assigned.values = {text};
    assigned.numeric = true;
  } else {
    const auto state = word.valueIn("state");
    assigned.values = {state.empty() ? word.text : std::string(state)};
  }
  use(mention->first, mention->count);
  use(to, 2);
  return assigned;
}

}  // namespace mydba::ai::intent
