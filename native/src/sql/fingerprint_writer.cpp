#include "sql/fingerprint_writer.h"

#include <cstring>

#include "sql/keyword.h"
#include "sql/literal.h"
#include "sql/word_sets.h"

namespace mydba::sql {
namespace {

bool isOperator(char c) {
  switch (c) {
    case '<':
    case '>':
    case '=':
    case '!':
    case '|':
    case '&':
    case '~':
    case '#':
    case '@':
    case ':':
    case '-':
    case '^': return true;
    default: return false;
  }
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

bool startsWord(char c) {
  return (c >= 'a' && c <= 'z') || isUpper(c) || isDigit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Longer names stay as they are: nobody quotes such names now and then.
constexpr std::size_t longestSimple = 128;

// The words of a type behind `::` after the first: `double precision`, `timestamp with time zone`.
bool continuesType(std::string_view word) {
  for (const std::string_view part : {"PRECISION", "VARYING", "WITH", "WITHOUT", "TIME", "ZONE"})
    if (isKeyword(word, part)) return true;
  return false;
}

// Names that mean something else without quotes, though they are no keywords here.
bool needsQuotes(std::string_view name) {
  return findKeyword(name) != Keyword::none || name.starts_with("current_") ||
         name.starts_with("local") || name == "user" || name == "session_user";
}

}  // namespace

FingerprintWriter::FingerprintWriter(std::string_view text, const Dialect& dialect)
    : text_(text),
      readings_(text, dialect),
      lexer_(text, dialect, readings_, 0),
      dialect_(dialect),
      // A token of one byte can get a blank; the rest is room to copy words eight bytes at a time.
      buffer_(new char[2 * text.size() + 16]) {
  levels_.emplace_back();
}

std::string FingerprintWriter::write() {
  for (Token token = lexer_.next(); token.kind != TokenKind::end; token = lexer_.next()) {
    take(token);
    // A comment between two tokens keeps them apart.
    if (token.kind <= TokenKind::terminator && token.end > lastEnd_) lastEnd_ = token.end;
  }
  // What stood behind it was dropped.
  while (size_ > 0 && buffer_[size_ - 1] == ';') --size_;
  return {buffer_.get(), size_};
}

void FingerprintWriter::take(const Token& token) {
  if (token.kind > TokenKind::terminator) return;
  if (token.kind == TokenKind::terminator) {
    ended_ = true;
    type_ = Type::none;
    return;
  }
  if (ended_) separate();
  if (type_ != Type::none && takeType(token)) return;
  switch (token.kind) {
    case TokenKind::word: word(token); return;
    case TokenKind::quotedName: quotedName(lexer_.textOf(token)); return;
    case TokenKind::string: string(token); return;
    case TokenKind::number:
      if (last_ == Last::dot && dotBehindName_ && touches(token) &&
          canBeName(lexer_.textOf(token)) && !text_.substr(token.end).starts_with('.'))  // t.1st
        name(lexer_.textOf(token));
      else
        value();
      return;
    default: symbol(text_[token.start], token); return;
  }
}

/// A `;` that stands within a statement, as in the body of a routine; the one at the end is
/// dropped.
void FingerprintWriter::separate() {
  ended_ = secretNext_ = false;
  if (last_ == Last::start || (size_ > 0 && buffer_[size_ - 1] == ';')) return;
  put(';');
  last_ = Last::symbol;
}

void FingerprintWriter::word(const Token& token) {
  const std::string_view text = lexer_.textOf(token);
  const bool named = last_ == Last::dot || last_ == Last::variable;
  const Keyword found = named ? Keyword::none : findKeyword(text);
  const bool secret = secretNext_ && found != Keyword::password;
  if (found == Keyword::none || secret) {
    if (handleNext_ || secret)
      value();
    else
      name(text);
    return;
  }
  keyword(found, text);
}

void FingerprintWriter::keyword(Keyword keyword, std::string_view word) {
  const bool value =
      keyword == Keyword::true_ || keyword == Keyword::false_ || keyword == Keyword::null;
  if (value && takesValue()) {
    this->value();
    return;
  }
  if (keyword == Keyword::inner || keyword == Keyword::outer) return;
  const bool noise = keyword == Keyword::savepoint || keyword == Keyword::prepare;
  if (noise && handleNext_) return;  // RELEASE [SAVEPOINT] a
  if (keyword == Keyword::to && firstKeyword_ == Keyword::set) {
    operatorSymbol('=', false);
    return;
  }
  beforeName_ = last_;
  nameStart_ = size_;
  putBlank();
  putLower(word);
  if (last_ == Last::start) {
    firstKeyword_ = keyword;
    handleNext_ = wordsBeforeHandles.contains(keyword);
  } else if (keyword == Keyword::to && firstKeyword_ == Keyword::rollback) {
    handleNext_ = true;
  } else if (keyword == Keyword::by && beforeName_ == Last::keyword &&
             lastKeyword_ == Keyword::identified) {
    secretNext_ = true;
  } else if (keyword != Keyword::password) {
    handleNext_ = false;
  }
  last_ = Last::keyword;
  lastKeyword_ = keyword;
}

/// TRUE, NULL or a sign here is (part of) a value.
bool FingerprintWriter::takesValue() const {
  switch (last_) {
    case Last::symbol:
    case Last::comma:
    case Last::open:
    case Last::sign: return true;
    case Last::keyword: return wordsBeforeValues.contains(lastKeyword_);
    default: return false;
  }
}

/// An unquoted name, or one that could be unquoted.
void FingerprintWriter::name(std::string_view text) {
  const bool inChain = last_ == Last::dot;
  if (!inChain) {
    beforeName_ = last_;
    nameStart_ = size_;
  }
  putBlank();
  putLower(text);
  last_ = Last::name;
}

void FingerprintWriter::quotedName(std::string_view token) {
  const bool closed = token.size() > 2;
  const std::string_view inner = closed ? token.substr(1, token.size() - 2) : std::string_view();
  bool simple = closed && !isDigit(inner[0]) && inner[0] != '$' && inner.size() <= longestSimple;
  for (std::size_t i = 0; simple && i < inner.size(); ++i) {
    const char c = inner[i];
    const bool upper = isUpper(c) && !dialect_.quotedNamesFold;
    simple = !upper && (startsWord(c) || c == '$') && static_cast<unsigned char>(c) < 0x80;
  }
  const bool secret = last_ == Last::keyword && lastKeyword_ == Keyword::password &&
                      (firstKeyword_ == Keyword::create || firstKeyword_ == Keyword::alter);
  if (handleNext_ || secretNext_ || secret) {
    value();
  } else if (simple && (last_ == Last::dot || !needsQuotes(inner))) {
    name(inner);
  } else {
    beforeName_ = last_;
    nameStart_ = size_;
    putBlank();
    putExact(token);
    last_ = Last::name;
  }
}

void FingerprintWriter::string(const Token& token) {
  const bool interval = last_ == Last::keyword && lastKeyword_ == Keyword::interval;
  if (last_ == Last::name || interval) {
    const bool prefix = touches(token);  // N'…', _utf8'…'
    const bool typed = dialect_.textBlocks && beforeName_ != Last::name &&
                       beforeName_ != Last::close && beforeName_ != Last::start;  // date '…'
    if (prefix || typed) {
      size_ = nameStart_;
      last_ = beforeName_;
    }
  }
  value();
}

void FingerprintWriter::value() {
  handleNext_ = secretNext_ = false;
  if (last_ == Last::sign) {
    size_ = signStart_;
    last_ = beforeSign_;
  }
  if (last_ == Last::value) return;  // 'a' 'b' is one text
  const bool limit = lastKeyword_ == Keyword::limit && levels_.size() == 1;
  if (last_ == Last::comma && beforeComma_ == Last::value && !limit) {
    --size_;
  } else {
    putBlank();
    put('?');
  }
  last_ = Last::value;
}

void FingerprintWriter::symbol(char symbol, const Token& token) {
  const char next = token.end < text_.size() ? text_[token.end] : '\0';
  secretNext_ = false;
  switch (symbol) {
    case '(':
    case '[': open(symbol); return;
    case ')':
    case ']': close(symbol); return;
    case ',': comma(); return;
    case '?': value(); return;
    case '.':
      if (last_ != Last::name && isDigit(next) && !lexer_.hides(token.end)) {  // .5
        dotBehindName_ = false;
        return;
      }
      dotBehindName_ = last_ == Last::name;
      put('.');
      last_ = Last::dot;
      return;
    case '$':
    case ':':
    case '@':
      if (takeParameter(symbol, token)) return;
      break;
    case '&':  // U&'…'
      if (last_ == Last::name && touches(token) && (next == '\'' || lexer_.hides(token.end)))
        return;
      break;
    case '+':
    case '-':
      if (last_ == Last::start || takesValue()) {
        if (last_ != Last::sign) {
          beforeSign_ = last_;
          signStart_ = size_;
        }
        if (last_ == Last::sign) put(' ');
        putBlank();
        put(symbol);
        last_ = Last::sign;
        return;
      }
      break;
    default: break;
  }
  operatorSymbol(symbol, touches(token));
}

void FingerprintWriter::operatorSymbol(char symbol, bool touches) {
  const char before = size_ > 0 ? buffer_[size_ - 1] : '\0';
  const bool joins = touches && last_ == Last::symbol &&
                     ((isOperator(before) && isOperator(symbol) && symbol != '-') ||
                      (before == '~' && symbol == '*'));
  if (joins && symbol == '=' && before == '!') {
    buffer_[size_ - 1] = '<';
    put('>');
  } else if (!joins || symbol != '=' || before != '=') {
    if (!joins) putBlank();
    put(symbol);
  }
  last_ = Last::symbol;
}

/// `$1`, `:name`, `@name`, and `::` and `@` where they are something else.
bool FingerprintWriter::takeParameter(char symbol, const Token& token) {
  const char next = token.end < text_.size() ? text_[token.end] : '\0';
  if (symbol == ':' && next == ':') {
    lexer_.skipTo(token.end + 1);
    lastEnd_ = token.end + 1;
    if (last_ == Last::value) {
      type_ = Type::first;
    } else {
      put(':');
      put(':');
      last_ = Last::cast;
    }
    return true;
  }
  if (symbol == '@' && !dialect_.atParameters) {
    if (!dialect_.atVariables) return false;  // an operator
    if (last_ != Last::variable) putBlank();
    put('@');
    last_ = Last::variable;
    return true;
  }
  const bool slice = symbol == ':' && dialect_.arraySlices && inBrackets_ > 0;
  // `:e'…'` is an operator before a text.
  const bool text = dialect_.escapeStrings && (next == 'e' || next == 'E') &&
                    text_.substr(token.end + 1).starts_with('\'');
  if (!startsWord(next) || slice || text || lexer_.hides(token.end)) return false;
  const Token named = lexer_.next();
  lastEnd_ = named.end;
  value();
  return true;
}

/// Drops the type behind `value::`. False when the token is no part of it.
bool FingerprintWriter::takeType(const Token& token) {
  const char c = text_[token.start];
  const bool named = token.kind == TokenKind::word || token.kind == TokenKind::quotedName;
  switch (type_) {
    case Type::first: type_ = named ? Type::rest : Type::none; return named;
    case Type::rest:
      if (c == '(' || c == '[') {
        type_ = Type::group;
        return true;
      }
      if (c == '.') {
        type_ = Type::first;
        return true;
      }
      if (named && continuesType(lexer_.textOf(token))) return true;
      type_ = Type::none;
      return false;
    case Type::group:
      if (c == ')' || c == ']') type_ = Type::rest;
      return true;
    case Type::none: return false;
  }
  return false;
}

void FingerprintWriter::open(char symbol) {
  const bool call =
      last_ == Last::name || last_ == Last::close || (symbol == '[' && last_ == Last::keyword);
  if (!call) putBlank();
  if (symbol == '[') ++inBrackets_;
  levels_.push_back({.open = size_});
  put(symbol);
  last_ = Last::open;
}

/// Takes a row off again that is like the row before it.
void FingerprintWriter::close(char symbol) {
  put(symbol);
  last_ = Last::close;
  if (symbol == ']' && inBrackets_ > 0) --inBrackets_;
  if (levels_.size() == 1) return;
  const std::size_t start = levels_.back().open;
  levels_.pop_back();
  Level& outer = levels_.back();
  const std::size_t length = size_ - start;
  const bool follows =
      outer.groupEnd > 0 && start == outer.groupEnd + 2 && buffer_[outer.groupEnd] == ',';
  if (follows && length == outer.groupEnd - outer.groupStart &&
      std::memcmp(&buffer_[start], &buffer_[outer.groupStart], length) == 0) {
    size_ = outer.groupEnd;
    return;
  }
  outer.groupStart = start;
  outer.groupEnd = size_;
}

void FingerprintWriter::comma() {
  beforeComma_ = last_;
  put(',');
  last_ = Last::comma;
}

void FingerprintWriter::putBlank() {
  switch (last_) {
    case Last::start:
    case Last::open:
    case Last::dot:
    case Last::cast:
    case Last::variable:
    case Last::sign: return;
    default: put(' ');
  }
}

void FingerprintWriter::putExact(std::string_view text) {
  std::memcpy(&buffer_[size_], text.data(), text.size());
  size_ += text.size();
}

void FingerprintWriter::putLower(std::string_view text) {
  char* const out = &buffer_[size_];
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    out[i] = static_cast<char>(c | (isUpper(c) ? 0x20 : 0));
  }
  size_ += text.size();
}

}  // namespace mydba::sql
