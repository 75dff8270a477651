// Sample values for placeholders, from the text alone.
//
// PostgreSQL is strict about types, and has one literal that nearly every type reads: '1' in quotes
// is a number, a text, a truth value and JSON (PostgreSQL manual, 4.1.2.7 "Constants of Other
// Types"). Dates, UUIDs, arrays and intervals are what is left, and their names and casts tell
// them. The other servers convert what they get.

#include "plan/fill.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "privacy/name_words.h"
#include "sql/keyword.h"
#include "sql/splitter.h"
#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::plan {
namespace {

using sql::Keyword;
using sql::TokenList;

enum class Sample { any, number, text, date, time, truth, uuid, array, interval, pattern, count };

struct NamedSample {
  std::string_view word;
  Sample sample;
};

// Types, as a cast or a typed literal names them.
constexpr std::array typeWords = {
    NamedSample{"int", Sample::number},       NamedSample{"integer", Sample::number},
    NamedSample{"bigint", Sample::number},    NamedSample{"smallint", Sample::number},
    NamedSample{"int2", Sample::number},      NamedSample{"int4", Sample::number},
    NamedSample{"int8", Sample::number},      NamedSample{"numeric", Sample::number},
    NamedSample{"decimal", Sample::number},   NamedSample{"real", Sample::number},
    NamedSample{"float", Sample::number},     NamedSample{"float4", Sample::number},
    NamedSample{"float8", Sample::number},    NamedSample{"double", Sample::number},
    NamedSample{"signed", Sample::number},    NamedSample{"unsigned", Sample::number},
    NamedSample{"oid", Sample::number},       NamedSample{"text", Sample::text},
    NamedSample{"varchar", Sample::text},     NamedSample{"char", Sample::text},
    NamedSample{"date", Sample::date},        NamedSample{"timestamp", Sample::date},
    NamedSample{"timestamptz", Sample::date}, NamedSample{"datetime", Sample::date},
    NamedSample{"time", Sample::time},        NamedSample{"timetz", Sample::time},
    NamedSample{"bool", Sample::truth},       NamedSample{"boolean", Sample::truth},
    NamedSample{"uuid", Sample::uuid},        NamedSample{"interval", Sample::interval}};

// Words of column names. The last word that says something wins: `created_by_id` is a number.
constexpr std::array columnWords = {
    NamedSample{"id", Sample::number},      NamedSample{"count", Sample::number},
    NamedSample{"amount", Sample::number},  NamedSample{"price", Sample::number},
    NamedSample{"total", Sample::number},   NamedSample{"quantity", Sample::number},
    NamedSample{"qty", Sample::number},     NamedSample{"year", Sample::number},
    NamedSample{"age", Sample::number},     NamedSample{"at", Sample::date},
    NamedSample{"date", Sample::date},      NamedSample{"day", Sample::date},
    NamedSample{"timestamp", Sample::date}, NamedSample{"created", Sample::date},
    NamedSample{"updated", Sample::date},   NamedSample{"deleted", Sample::date},
    NamedSample{"modified", Sample::date},  NamedSample{"expires", Sample::date},
    NamedSample{"birthday", Sample::date},  NamedSample{"born", Sample::date},
    NamedSample{"since", Sample::date},     NamedSample{"until", Sample::date},
    NamedSample{"uuid", Sample::uuid},      NamedSample{"guid", Sample::uuid},
    NamedSample{"name", Sample::text},      NamedSample{"email", Sample::text},
    NamedSample{"title", Sample::text},     NamedSample{"status", Sample::text}};

template <std::size_t size>
std::optional<Sample> find(const std::array<NamedSample, size>& words, std::string_view word) {
  for (const NamedSample& known : words)
    if (known.word == word) return known.sample;
  return std::nullopt;
}

Sample ofName(const std::string& name) {
  std::vector<std::string> words = privacy::nameWords(name);
  std::reverse(words.begin(), words.end());
  for (const std::string& word : words)
    if (const auto sample = find(columnWords, word)) return *sample;
  return Sample::any;
}

/// One statement's tokens with the values that go into it.
class Filler {
 public:
  Filler(std::string_view text, const sql::Dialect& dialect, std::span<const ColumnType> columns)
      : text_(text), tokens_(text, dialect), columns_(columns), strict_(dialect.escapeStrings) {
    for (const auto& parameter : sql::readStatement(text, dialect).parameters)
      parameters_.push_back(parameter);
  }

  Filled run() {
    std::size_t copied = 0;
    Filled filled;
    const auto put = [&](std::size_t start, std::size_t end, const std::string& value) {
      filled.sql.append(text_, copied, start - copied).append(value);
      copied = end;
      ++filled.parameters;
    };
    std::size_t next = 0;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (next < parameters_.size() && tokens_[at].start >= parameters_[next].start) {
        const std::size_t end = parameters_[next].end;
        put(parameters_[next].start, end, valueAt(at, indexBehind(at, end)));
        ++next;
      } else if (isEllipsis(at)) {
        put(tokens_[at].start, tokens_[at + 2].end, listAt(at));
        at += 2;
      }
    }
    filled.sql.append(text_, copied);
    return filled;
  }

 private:
  std::size_t indexBehind(std::size_t at, std::size_t end) const {
    while (at < tokens_.size() && tokens_[at].start < end) ++at;
    return at;
  }

  Sample ofColumn(const std::string& name) const {
    const auto known = std::find_if(columns_.begin(), columns_.end(),
                                    [wanted = sql::lowerCase(name)](const auto& c) {
                                      return sql::lowerCase(c.name) == wanted;
                                    });
    const auto sample = known == columns_.end() ? std::nullopt : find(typeWords, known->type);
    return sample ? *sample : ofName(name);
  }

  bool isEllipsis(std::size_t at) const {
    return tokens_.isSymbol(at, '.') && tokens_.isSymbol(at + 1, '.') &&
           tokens_.isSymbol(at + 2, '.');
  }

  std::string valueAt(std::size_t at, std::size_t behind) const {
    const Sample sample = sampleAt(at, behind);
    // A literal with its type before it is a text in every dialect: `DATE '2000-01-01'`.
    const bool typed = at > 0 && tokens_.isName(at - 1) && !tokens_.is(at - 1, Keyword::interval) &&
                       find(typeWords, tokens_.lower(at - 1)).has_value();
    return literal(sample, typed);
  }

  std::string literal(Sample sample, bool typed) const {
    switch (sample) {
      case Sample::count: return "10";
      case Sample::number: return typed || strict_ ? "'1'" : "1";
      case Sample::text: return strict_ ? "'1'" : "'a'";
      case Sample::date: return "'2000-01-01'";
      case Sample::time: return "'00:00:00'";
      case Sample::truth: return typed || strict_ ? "'1'" : "1";
      case Sample::uuid: return "'00000000-0000-0000-0000-000000000000'";
      case Sample::array: return "'{1}'";
      case Sample::interval: return strict_ || typed ? "'1 day'" : "1";
      case Sample::pattern: return "'a%'";
      case Sample::any: break;
    }
    return strict_ ? "'1'" : "1";
  }

  Sample sampleAt(std::size_t at, std::size_t behind) const {
    if (const auto cast = castBehind(behind)) return *cast;
    if (at == 0) return Sample::any;
    const std::size_t before = at - 1;
    switch (tokens_.keyword(before)) {
      case Keyword::limit:
      case Keyword::offset: return Sample::count;
      case Keyword::like:
      case Keyword::ilike:
      case Keyword::regexp:
      case Keyword::rlike:
      case Keyword::glob: return Sample::pattern;
      case Keyword::interval:
        // MySQL's `INTERVAL ? DAY` is a number.
        return strict_ ? Sample::interval : Sample::number;
      default: break;
    }
    if (tokens_.isSymbol(before, ',') && afterLimit(before)) return Sample::count;
    if (tokens_.lower(before) == "separator") return Sample::text;  // GROUP_CONCAT
    if (tokens_.isName(before))
      if (const auto typed = find(typeWords, tokens_.lower(before))) return *typed;
    if (tokens_.isSymbol(before, '(')) return insideParentheses(before);
    if (tokens_.isSymbol(before, ',')) return inList(at);
    if (const auto column = columnBefore(before)) return ofColumn(*column);
    if (const auto column = columnBehind(behind)) return ofColumn(*column);
    return Sample::any;
  }

  /// `$1::date`, `$1::int[]`, `CAST(? AS date)`.
  std::optional<Sample> castBehind(std::size_t at) const {
    std::size_t type = 0;
    if (tokens_.isSymbol(at, ':') && tokens_.isSymbol(at + 1, ':')) type = at + 2;
    if (tokens_.is(at, Keyword::as)) type = at + 1;
    if (type == 0) return std::nullopt;
    if (tokens_.isSymbol(type + 1, '[')) return Sample::array;
    return find(typeWords, tokens_.lower(type));
  }

  /// MySQL's `LIMIT ?, ?`.
  bool afterLimit(std::size_t comma) const {
    return comma >= 2 && tokens_.is(comma - 2, Keyword::limit);
  }

  /// What a list is of: the column before IN, the column of an INSERT at this place.
  Sample insideParentheses(std::size_t open) const {
    if (open == 0) return Sample::any;
    if (tokens_.is(open - 1, Keyword::in)) return beforeIn(open - 1);
    if (tokens_.is(open - 1, Keyword::any) || tokens_.is(open - 1, Keyword::all))
      return strict_ ? Sample::array : Sample::any;
    return inList(open + 1);
  }

  Sample beforeIn(std::size_t in) const {
    const std::size_t negated = in > 0 && tokens_.is(in - 1, Keyword::not_) ? 1 : 0;
    if (in < negated + 1 || !tokens_.isName(in - negated - 1)) return Sample::any;
    return ofColumn(tokens_.value(in - negated - 1));
  }

  struct Place {
    std::size_t open = 0;   ///< index of the parenthesis; 0 when there is none
    std::size_t items = 0;  ///< before this one
  };

  Place placeOf(std::size_t at) const {
    std::size_t items = 0, open = at;
    while (open > 0) {
      --open;
      if (tokens_.isSymbol(open, ')')) {
        open = tokens_.partner(open);
        if (open >= at) return {};
      } else if (tokens_.isSymbol(open, ',')) {
        ++items;
      } else if (tokens_.isSymbol(open, '(')) {
        return {.open = open, .items = items};
      }
    }
    return {};
  }

  /// Of an item of the parentheses around `at`.
  Sample inList(std::size_t at) const {
    const auto [open, place] = placeOf(at);
    if (open == 0) return Sample::any;
    if (tokens_.is(open - 1, Keyword::in)) return beforeIn(open - 1);
    const auto columns = insertedColumns();
    const bool values = tokens_.is(open - 1, Keyword::values) ||
                        tokens_.is(open - 1, Keyword::value) || tokens_.isSymbol(open - 1, ',');
    return values && place < columns.size() ? ofColumn(columns[place]) : Sample::any;
  }

  /// `INSERT INTO t (a, b)`: a, b.
  std::vector<std::string> insertedColumns() const {
    std::size_t open = 0;
    while (open < tokens_.size() && !tokens_.is(open, Keyword::into)) ++open;
    while (open < tokens_.size() && !tokens_.isSymbol(open, '(')) {
      if (tokens_.is(open, Keyword::values) || tokens_.is(open, Keyword::select)) return {};
      ++open;
    }
    std::vector<std::string> columns;
    for (std::size_t at = open + 1; at < tokens_.size() && !tokens_.isSymbol(at, ')'); ++at)
      if (tokens_.isName(at)) columns.push_back(tokens_.value(at));
    return columns;
  }

  bool isComparison(std::size_t at) const {
    return tokens_.isSymbol(at, '=') || tokens_.isSymbol(at, '<') || tokens_.isSymbol(at, '>') ||
           tokens_.isSymbol(at, '!');
  }

  /// The BETWEEN of an AND, which has little between them; the AND itself when it has none.
  std::size_t betweenBefore(std::size_t conjunction) const {
    constexpr std::size_t most = 6;
    for (std::size_t at = conjunction; at > 0 && conjunction - at < most; --at) {
      if (tokens_.is(at - 1, Keyword::between)) return at - 1;
      if (tokens_.is(at - 1, Keyword::and_) || tokens_.is(at - 1, Keyword::or_)) break;
    }
    return conjunction;
  }

  /// `column >= ?`, `column BETWEEN ?`, `column BETWEEN x AND ?`.
  std::optional<std::string> columnBefore(std::size_t at) const {
    if (tokens_.is(at, Keyword::and_)) at = betweenBefore(at);
    const bool between = tokens_.is(at, Keyword::between);
    if (!between && !isComparison(at)) return std::nullopt;
    while (at > 0 &&
           (isComparison(at) || tokens_.is(at, Keyword::between) || tokens_.is(at, Keyword::not_)))
      --at;
    return tokens_.isName(at) ? std::optional(tokens_.value(at)) : std::nullopt;
  }

  /// `? < column`.
  std::optional<std::string> columnBehind(std::size_t at) const {
    if (!isComparison(at)) return std::nullopt;
    while (isComparison(at)) ++at;
    while (tokens_.isName(at) && tokens_.isSymbol(at + 1, '.')) at += 2;
    return tokens_.isName(at) ? std::optional(tokens_.value(at)) : std::nullopt;
  }

  /// For `...`: one item of the list, or as many as an INSERT has columns or IF has arguments.
  std::string listAt(std::size_t at) const {
    const bool second = at > 0 && tokens_.isSymbol(at - 1, ',');
    if (second || at == 0 || !tokens_.isSymbol(at - 1, '(')) {
      const std::string value = valueAt(at, at + 3);
      // `IF(a > ?, ...)` has three arguments, or is none.
      const auto [open, items] = placeOf(at);
      const bool lacksOne = open > 0 && items == 1 && tokens_.lower(open - 1) == "if";
      return lacksOne ? value + ", " + value : value;
    }
    const std::size_t open = at - 1;
    if (open > 0 && tokens_.is(open - 1, Keyword::in)) return literal(beforeIn(open - 1), false);
    std::string list;
    for (const std::string& column : insertedColumns())
      list += (list.empty() ? "" : ", ") + literal(ofColumn(column), false);
    return list.empty() ? literal(Sample::any, false) : list;
  }

  std::string_view text_;
  TokenList tokens_;
  std::span<const ColumnType> columns_;
  bool strict_;  ///< types must fit, and '1' fits most
  std::vector<sql::Parameter> parameters_;
};

}  // namespace

Filled fillPlaceholders(std::string_view text, const sql::Dialect& dialect,
                        std::span<const ColumnType> columns) {
  if (dialect.lineCommands) return {.sql = std::string(text), .parameters = 0};
  Filled all;
  std::size_t copied = 0;
  for (const auto& range : sql::split(text, dialect)) {
    all.sql.append(text, copied, range.start - copied);
    const Filled one =
        Filler(text.substr(range.start, range.end - range.start), dialect, columns).run();
    all.sql += one.sql;
    all.parameters += one.parameters;
    copied = range.end;
  }
  all.sql.append(text, copied);
  return all;
}

}  // namespace mydba::plan
