#include "plan/condition_columns.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "sql/names.h"
#include "sql/predicate.h"
#include "sql/token_list.h"

namespace mydba::plan {
namespace {

using sql::Keyword;
using sql::Range;
using sql::TokenKind;
using sql::TokenList;

/// Casts that change nothing: PostgreSQL prints every comparison of a varchar or char as one of
/// text, and uses the index of the column all the same (manual, "CREATE CAST", binary coercible).
constexpr std::array<std::string_view, 5> freeCasts{"text", "varchar", "character", "bpchar",
                                                    "name"};

enum class Comparison { none, equal, range };

class Reader {
 public:
  Reader(const TokenList& tokens, std::string_view relation, std::string_view alias)
      : tokens_(tokens), relation_(relation), alias_(alias) {}

  ConditionColumns read() {
    std::vector<Range> open{{0, tokens_.size()}};
    while (!open.empty()) {
      const Range range = stripped(open.back());
      open.pop_back();
      if (!splitAtAnd(range, open)) readPart(range);
    }
    return std::move(found_);
  }

 private:
  /// Without parentheses around the whole.
  Range stripped(Range range) const {
    while (range.size() >= 2 && tokens_.isSymbol(range.begin, '(') &&
           tokens_.behind(range.begin) == range.end)
      range = {range.begin + 1, range.end - 1};
    return range;
  }

  std::size_t next(std::size_t at, std::size_t end) const {
    return tokens_.isSymbol(at, '(') ? std::min(tokens_.behind(at), end) : at + 1;
  }

  /// Puts the parts of an AND on the stack, the first on top. An OR is read as nothing at all.
  bool splitAtAnd(Range range, std::vector<Range>& open) const {
    std::vector<Range> parts;
    std::size_t begin = range.begin;
    bool between = false;
    for (std::size_t at = range.begin; at < range.end; at = next(at, range.end)) {
      const Keyword word = tokens_.keyword(at);
      if (word == Keyword::or_ || word == Keyword::xor_) return true;
      if (word == Keyword::between) between = true;
      if (word != Keyword::and_) continue;
      if (std::exchange(between, false)) continue;
      parts.push_back({begin, at});
      begin = at + 1;
    }
    if (parts.empty()) return false;
    parts.push_back({begin, range.end});
    open.insert(open.end(), parts.rbegin(), parts.rend());
    return true;
  }

  void readPart(Range range) {
    for (std::size_t at = range.begin; at < range.end; at = next(at, range.end)) {
      std::size_t behind = at + 1;
      const Comparison comparison = comparisonAt(at, range.end, behind);
      if (comparison == Comparison::none) {
        if (at > range.begin && isOtherComparison(at)) return;
        continue;
      }
      const Range left{range.begin, at}, right{behind, range.end};
      if (!readSide(left, right, comparison)) readSide(right, left, comparison);
      return;
    }
    // A truth value alone, or denied.
    const bool denied = tokens_.is(range.begin, Keyword::not_);
    if (const auto column = columnIn(stripped({range.begin + (denied ? 1 : 0), range.end})))
      add(found_.equal, *column);
  }

  /// `<>`, `!=`, `!~~`, NOT IN: nothing that an index narrows by.
  bool isOtherComparison(std::size_t at) const {
    return tokens_.isSymbol(at, '!') || tokens_.is(at, Keyword::not_) ||
           (tokens_.isSymbol(at, '<') && tokens_.isSymbol(at + 1, '>'));
  }

  /// The second sign of `@>`, `~=` or `<=>`.
  bool continuesOperator(std::size_t at) const {
    return at > 0 && tokens_[at].kind == TokenKind::symbol && tokens_.touchesPrevious(at) &&
           tokens_[at - 1].kind == TokenKind::symbol && !tokens_.isSymbol(at - 1, ')') &&
           !tokens_.isSymbol(at - 1, ']');
  }

  Comparison comparisonAt(std::size_t at, std::size_t end, std::size_t& behind) const {
    if (isOtherComparison(at) || continuesOperator(at)) return Comparison::none;
    const auto symbol = [&](char c) { return tokens_.isSymbol(at, c); };
    if (symbol('=')) return Comparison::equal;
    if (symbol('<') || symbol('>')) {
      if (tokens_.isSymbol(at + 1, '=')) ++behind;
      // `<@`, `<->`, `>>`: operators of other kinds of index.
      const bool plain = tokens_[behind].kind != TokenKind::symbol ||
                         tokens_.isSymbol(behind, '(') || tokens_.isSymbol(behind, '$') ||
                         tokens_.isSymbol(behind, '-') || tokens_.isSymbol(behind, '?');
      return plain ? Comparison::range : Comparison::none;
    }
    if (tokens_.is(at, Keyword::in)) return Comparison::equal;
    if (tokens_.is(at, Keyword::between)) return Comparison::range;
    if (tokens_.is(at, Keyword::is))
      return at + 2 == end && tokens_.is(at + 1, Keyword::null) ? Comparison::equal
                                                                : Comparison::none;
    if (symbol('~') && tokens_.isSymbol(at + 1, '~')) {
      behind = at + 2;
      return startsWithText(behind) ? Comparison::range : Comparison::none;
    }
    if (tokens_.is(at, Keyword::like))
      return startsWithText(behind) ? Comparison::range : Comparison::none;
    return Comparison::none;
  }

  /// A pattern that begins with what an index can look for.
  bool startsWithText(std::size_t at) const {
    if (tokens_[at].kind != TokenKind::string) return false;
    const std::string pattern = tokens_.value(at);
    return !pattern.empty() && pattern[0] != '%' && pattern[0] != '_';
  }

  /// True when `side` was one column, plain or wrapped, compared with something that is fixed.
  bool readSide(Range side, Range other, Comparison comparison) {
    if (namesTable(other)) return false;
    side = withoutFreeCasts(side);
    if (const auto column = columnIn(side)) {
      add(comparison == Comparison::equal ? found_.equal : found_.range, *column);
      return true;
    }
    const auto columns = columnsWithin(side);
    if (columns.size() != 1) return false;
    const auto type = castType(side);
    found_.wrapped.push_back({.column = columns.front(),
                              .expression = written(side),
                              .cast = type && columnIn({side.begin, *type - 2})});
    return true;
  }

  Range withoutFreeCasts(Range side) const {
    constexpr int enough = 4;  // servers print one or two
    for (int i = 0; i < enough; ++i) {
      side = stripped(side);
      const auto type = castType(side);
      if (!type ||
          std::find(freeCasts.begin(), freeCasts.end(), tokens_.lower(*type)) == freeCasts.end())
        break;
      side.end = *type - 2;
    }
    return stripped(side);
  }

  /// The type in `…::type` when that is the last thing done.
  std::optional<std::size_t> castType(Range side) const {
    std::optional<std::size_t> type;
    for (std::size_t at = side.begin; at < side.end; at = next(at, side.end)) {
      if (tokens_.isSymbol(at, ':') && tokens_.isSymbol(at + 1, ':') && at > side.begin) {
        type = at + 2;
        at += 2;
      } else if (type && tokens_[at].kind == TokenKind::symbol && !tokens_.isSymbol(at, '(') &&
                 !tokens_.isSymbol(at, '[') && !tokens_.isSymbol(at, ']')) {
        type.reset();
      }
    }
    return type && *type < side.end ? type : std::nullopt;
  }

  /// The column when the tokens are its name and nothing else.
  std::optional<std::string> columnIn(Range range) const {
    range = stripped(range);
    if (range.size() == 0 || !tokens_.isName(range.begin)) return std::nullopt;
    const auto read = sql::readName(tokens_, range.begin);
    if (!read || read->next != range.end || !isColumn(range.begin, *read)) return std::nullopt;
    return read->name.name;
  }

  /// Words of the language where a column could stand; other keywords may well name one.
  bool isOperatorWord(std::size_t at) const {
    constexpr std::array words{
        Keyword::and_,   Keyword::or_,    Keyword::not_,    Keyword::null,     Keyword::true_,
        Keyword::false_, Keyword::any,    Keyword::all,     Keyword::some,     Keyword::array,
        Keyword::case_,  Keyword::when,   Keyword::then,    Keyword::else_,    Keyword::end,
        Keyword::in,     Keyword::is,     Keyword::like,    Keyword::between,  Keyword::from,
        Keyword::as,     Keyword::cast,   Keyword::row,     Keyword::distinct, Keyword::interval,
        Keyword::escape, Keyword::using_, Keyword::collate, Keyword::exists,   Keyword::unknown};
    if (std::find(words.begin(), words.end(), tokens_.keyword(at)) != words.end()) return true;
    return tokens_.isWord(at, "SUBPLAN") || tokens_.isWord(at, "INITPLAN") ||
           tokens_.isWord(at, "HASHED");
  }

  /// What follows a word or sign that no column follows: a type, a unit, a member, a parameter.
  bool namesNoColumn(std::size_t at, std::size_t behind) const {
    if (tokens_.isSymbol(behind, '(') || tokens_[behind].kind == TokenKind::string) return true;
    if (tokens_.is(behind, Keyword::from)) return true;  // extract(year FROM …)
    if (at == 0) return false;
    for (const char sign : {':', '.', '$', '@'})
      if (tokens_.isSymbol(at - 1, sign)) return true;
    if (at > 1 && tokens_.is(at - 2, Keyword::interval)) return true;  // interval 1 day
    const Keyword before = tokens_.keyword(at - 1);
    return before == Keyword::as || before == Keyword::using_ || before == Keyword::collate;
  }

  bool isColumn(std::size_t at, const sql::ReadName& read) const {
    if (read.name.schema.empty()) return !isOperatorWord(at);
    // `db.table.column`: the last part is the table.
    std::string_view table = read.name.schema;
    table.remove_prefix(table.rfind('.') + 1);
    return table == relation_ || table == alias_;
  }

  /// Visits the names that are columns of the table.
  template <typename Visit>
  void eachColumn(Range range, Visit visit) const {
    for (std::size_t at = range.begin; at < range.end;) {
      const auto read = tokens_.isName(at) ? sql::readName(tokens_, at) : std::nullopt;
      const std::size_t behind = read ? read->next : at + 1;
      if (!read) {
        at = behind;
      } else if (at > 0 && (tokens_.isSymbol(at - 1, ':') || tokens_.is(at - 1, Keyword::as))) {
        // A type: `timestamp without time zone`, `char charset utf8mb4`.
        while (at < range.end && tokens_[at].kind == TokenKind::word) ++at;
        at = std::max(at, behind);
      } else {
        if (!namesNoColumn(at, behind) && isColumn(at, *read)) visit(at, *read);
        at = behind;
      }
    }
  }

  bool namesTable(Range range) const {
    bool found = false;
    eachColumn(range, [&](std::size_t, const sql::ReadName&) { found = true; });
    return found;
  }

  std::vector<std::string> columnsWithin(Range range) const {
    std::vector<std::string> columns;
    eachColumn(range,
               [&](std::size_t, const sql::ReadName& read) { add(columns, read.name.name); });
    return columns;
  }

  /// The text of an expression without what the statement calls the table.
  std::string written(Range range) const {
    std::vector<std::pair<std::size_t, std::size_t>> qualifiers;
    eachColumn(range, [&](std::size_t at, const sql::ReadName& read) {
      qualifiers.emplace_back(at, read.next - 1);
    });
    std::string text;
    auto qualifier = qualifiers.begin();
    for (std::size_t at = range.begin; at < range.end; ++at) {
      const std::size_t first = at;
      if (qualifier != qualifiers.end() && qualifier->first == at) at = (qualifier++)->second;
      if (first > range.begin && !tokens_.touchesPrevious(first)) text += ' ';
      text += tokens_.text(at);
    }
    return text;
  }

  static void add(std::vector<std::string>& columns, const std::string& column) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end())
      columns.push_back(column);
  }

  const TokenList& tokens_;
  std::string_view relation_, alias_;
  ConditionColumns found_;
};

}  // namespace

std::vector<std::string> ConditionColumns::forIndex() const {
  std::vector<std::string> columns = equal;
  for (const std::string& column : range)
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      columns.push_back(column);
      break;  // behind a range nothing narrows any more
    }
  return columns;
}

ConditionColumns columnsOf(std::string_view condition, const sql::Dialect& dialect,
                           std::string_view relation, std::string_view alias) {
  const TokenList tokens(condition, dialect);
  if (!tokens.complete()) return {};
  // No server prints one; what is read here may become part of a statement.
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].kind == TokenKind::terminator) return {};
  return Reader(tokens, relation, alias).read();
}

ConditionColumns filterColumns(const protocol::PlanTree& tree, const protocol::PlanNode& scan,
                               const protocol::PlanNode& tester) {
  const sql::Dialect* dialect = sql::findDialect(tree.engine);
  if (!dialect || !tester.filter || !scan.relation) return {};
  return columnsOf(*tester.filter, *dialect, *scan.relation, scan.alias.value_or(*scan.relation));
}

}  // namespace mydba::plan
