#include "sql/value_lexer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sql/keyword.h"
#include "sql/keyword_set.h"

namespace mydba::sql {
namespace {

constexpr KeywordSet keywordsBeforeValues{
    Keyword::like,  Keyword::ilike,   Keyword::glob,     Keyword::regexp, Keyword::rlike,
    Keyword::then,  Keyword::between, Keyword::else_,    Keyword::is,     Keyword::escape,
    Keyword::limit, Keyword::offset,  Keyword::default_, Keyword::when,   Keyword::values};

/// Names of columns stand behind them, and values may.
constexpr KeywordSet keywordsBeforeColumns{
    Keyword::select, Keyword::distinct, Keyword::all, Keyword::where,     Keyword::or_,
    Keyword::xor_,   Keyword::having,   Keyword::by,  Keyword::returning, Keyword::case_,
    Keyword::not_,   Keyword::and_,     Keyword::on};

/// Keywords that are functions when a parenthesis follows.
constexpr KeywordSet keywordsThatCall{Keyword::cast,  Keyword::if_,      Keyword::left,
                                      Keyword::right, Keyword::replace,  Keyword::glob,
                                      Keyword::like,  Keyword::password, Keyword::format};

constexpr std::string_view wordsBeforeTexts[] = {"MATCH", "SEPARATOR", "DATE",
                                                 "TIME",  "TIMESTAMP", "RAISE"};

constexpr std::size_t longestName = 128;

/// A quoted name that would not need its quotes.
bool isSimple(std::string_view token) {
  if (token.size() < 3 || token.size() > longestName || !token.ends_with('"')) return false;
  const std::string_view inner = token.substr(1, token.size() - 2);
  if (inner[0] >= '0' && inner[0] <= '9') return false;
  return std::all_of(inner.begin(), inner.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$';
  });
}

bool startsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string_view withoutQuotes(std::string_view name) {
  const bool quoted = name.size() > 2 && !startsWord(name[0]);
  return quoted ? name.substr(1, name.size() - 2) : name;
}

}  // namespace

ValueLexer::ValueLexer(std::string_view statement, const Dialect& dialect, OtherReadings& readings,
                       std::size_t offset)
    : text_(statement),
      dialect_(dialect),
      lexer_(statement, dialect),
      readings_(readings),
      offset_(offset) {
  levels_.emplace_back();
}

Token ValueLexer::next() {
  Token token = lexer_.next();
  const bool may = token.kind == TokenKind::word || token.kind == TokenKind::quotedName ||
                   token.kind == TokenKind::number;
  if (may && readings_.hides(offset_ + token.start, offset_ + token.end))
    token.kind = TokenKind::string;
  if (!dialect_.doubtfulDoubleQuotes || token.kind == TokenKind::comment) return token;
  const bool doubtful = token.kind == TokenKind::quotedName && text_[token.start] == '"';
  if ((may && keyPragma_) || (doubtful && isValue(token))) token.kind = TokenKind::string;
  note(token);
  return token;
}

bool ValueLexer::isValue(const Token& token) {
  const std::size_t next = text_.find_first_not_of(" \t\r\n\f\v", token.end);
  if (last_ == Last::dot || last_ == Last::cast || (next != text_.npos && text_[next] == '.'))
    return false;
  const bool simple = isSimple(lexer_.textOf(token));
  const Level& level = levels_.back();
  switch (last_) {
    case Last::symbol: return true;
    case Last::comma:
    case Last::open: return level.values || (level.clause == Clause::columns && !isColumn(simple));
    case Last::keyword: return isValueBehindKeyword(simple);
    case Last::name: return isValueBehindName(token);
    default: return false;
  }
}

bool ValueLexer::isValueBehindKeyword(bool simple) {
  if (keywordsBeforeValues.contains(keyword_) || betweenAnd_) return true;
  if (keyword_ == Keyword::to) return first_ == Keyword::set;
  if (keyword_ == Keyword::not_ && keywordBefore_ == Keyword::is) return true;
  if (keyword_ == Keyword::as) return false;
  if (levels_.back().values) return true;
  return keywordsBeforeColumns.contains(keyword_) && !isColumn(simple);
}

bool ValueLexer::isColumn(bool simple) {
  if (!simple) return false;
  if (hasTables_.empty()) findTables();
  return hasTables_[levels_.back().query];
}

/// Once for all levels, which are counted as `open` does.
void ValueLexer::findTables() {
  std::vector<std::size_t> open = {0};
  hasTables_.assign(1, false);
  const auto begin = [&] {
    open.push_back(hasTables_.size());
    hasTables_.push_back(false);
  };
  Lexer lexer(text_, dialect_);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    const std::string_view text = lexer.textOf(token);
    if (token.kind == TokenKind::terminator) {
      open.clear();
      begin();
    } else if (token.kind == TokenKind::symbol && (text == "(" || text == "[")) {
      begin();
    } else if (token.kind == TokenKind::symbol && (text == ")" || text == "]")) {
      if (open.size() > 1) open.pop_back();
    } else if (token.kind == TokenKind::word) {
      for (const std::string_view word : {"FROM", "INTO", "UPDATE"})
        if (isKeyword(text, word)) hasTables_[open.back()] = true;
    }
  }
}

/// `N"…"`, `MATCH "…"`; else it is an alias.
bool ValueLexer::isValueBehindName(const Token& token) const {
  if (lastName_.kind == TokenKind::word && lastName_.end == token.start) return true;
  const std::string_view name = withoutQuotes(lexer_.textOf(lastName_));
  return std::any_of(std::begin(wordsBeforeTexts), std::end(wordsBeforeTexts),
                     [&](std::string_view word) { return isKeyword(name, word); });
}

/// `PRAGMA key`, with or without a schema before it (SQLCipher; sqlite.org/see).
bool ValueLexer::namesKeyPragma(const Token& token) const {
  static constexpr std::string_view pragmas[] = {"KEY",      "REKEY",   "HEXKEY",
                                                 "HEXREKEY", "TEXTKEY", "TEXTREKEY"};
  const std::string_view name = withoutQuotes(lexer_.textOf(token));
  return first_ == Keyword::pragma &&
         std::any_of(std::begin(pragmas), std::end(pragmas),
                     [&](std::string_view pragma) { return isKeyword(name, pragma); });
}

void ValueLexer::note(const Token& token) {
  const bool parameter = std::exchange(parameter_, false);
  switch (token.kind) {
    case TokenKind::end:
    case TokenKind::comment: return;
    case TokenKind::terminator:
      ++opened_;
      keyPragma_ = false;
      levels_.assign(1, {.own = opened_, .query = opened_});
      last_ = Last::start;
      first_ = keyword_ = keywordBefore_ = Keyword::none;
      return;
    case TokenKind::string:
    case TokenKind::number: last_ = Last::value; return;
    case TokenKind::symbol: noteSymbol(token); return;
    default: break;
  }
  keyPragma_ = keyPragma_ || namesKeyPragma(token);
  const bool named = last_ == Last::dot || token.kind == TokenKind::quotedName;
  const Keyword keyword = named || parameter ? Keyword::none : findKeyword(lexer_.textOf(token));
  const bool secret = last_ == Last::keyword && keyword_ == Keyword::by &&
                      keywordBefore_ == Keyword::identified && keyword != Keyword::password;
  if (parameter || secret) {
    last_ = Last::value;
  } else if (keyword == Keyword::none) {
    last_ = Last::name;
    lastName_ = token;
  } else {
    noteKeyword(keyword);
  }
}

void ValueLexer::noteKeyword(Keyword keyword) {
  // The fingerprint drops these.
  if (keyword == Keyword::inner || keyword == Keyword::outer) return;
  if (last_ == Last::start) first_ = keyword;
  Level& level = levels_.back();
  betweenAnd_ = keyword == Keyword::and_ && std::exchange(level.between, false);
  if (keyword == Keyword::between) level.between = true;
  enterClause(keyword);
  keywordBefore_ = last_ == Last::keyword ? keyword_ : Keyword::none;
  keyword_ = keyword;
  const bool value =
      keyword == Keyword::null || keyword == Keyword::true_ || keyword == Keyword::false_;
  last_ = value ? Last::value : Last::keyword;
}

void ValueLexer::enterClause(Keyword keyword) {
  Level& level = levels_.back();
  switch (keyword) {
    case Keyword::select:
      level = {.clause = Clause::columns, .own = level.own, .query = level.own};
      break;
    case Keyword::where:
    case Keyword::having:
    case Keyword::order:
    case Keyword::group:
    case Keyword::returning: level.clause = Clause::columns; break;
    case Keyword::on:
      level.clause = level.clause == Clause::tables ? Clause::columns : Clause::names;
      break;
    case Keyword::from:
    case Keyword::join:
      if (!level.values) level.clause = Clause::tables;
      break;
    case Keyword::into:
    case Keyword::update:
    case Keyword::table:
    case Keyword::references:
    case Keyword::union_:
    case Keyword::except:
    case Keyword::intersect: level.clause = Clause::names; break;
    case Keyword::values: level.clause = Clause::values; break;
    case Keyword::set: level.clause = Clause::settings; break;
    default: break;
  }
}

void ValueLexer::noteSymbol(const Token& token) {
  const char next = token.end < text_.size() ? text_[token.end] : '\0';
  const char symbol = text_[token.start];
  const bool second = token.start > 0 && text_[token.start - 1] == ':';
  switch (symbol) {
    case '(':
    case '[': return open(symbol == '[');
    case ')':
    case ']':
      if (levels_.size() > 1) levels_.pop_back();
      last_ = Last::close;
      return;
    case ',': last_ = Last::comma; return;
    case '.': last_ = Last::dot; return;
    case '?': last_ = Last::value; return;
    case ':':
      if (next == ':' || second) {
        last_ = Last::cast;
        return;
      }
      parameter_ = startsWord(next);
      break;
    case '$': parameter_ = startsWord(next); break;
    case '@': parameter_ = dialect_.atParameters && startsWord(next); break;
    default: break;
  }
  last_ = Last::symbol;
}

void ValueLexer::open(bool brackets) {
  const Level& outer = levels_.back();
  const bool names = outer.clause == Clause::none || outer.clause == Clause::names;
  const bool call = brackets || (last_ == Last::name && !names) ||
                    (last_ == Last::keyword && keywordsThatCall.contains(keyword_));
  const bool row =
      outer.clause == Clause::values &&
      (last_ == Last::comma || (last_ == Last::keyword && keyword_ == Keyword::values));
  const bool list = last_ == Last::keyword && keyword_ == Keyword::in;
  const bool nested = outer.values && last_ != Last::name;
  Level level{.own = ++opened_, .query = outer.query};
  level.values = call || row || list || nested;
  level.clause = !level.values && outer.clause == Clause::columns ? Clause::columns : Clause::none;
  // Functions in the arguments of functions are functions too.
  if (level.values) level.clause = Clause::settings;
  levels_.push_back(level);
  last_ = Last::open;
}

}  // namespace mydba::sql
