#include "sql/lexer.h"

#include <algorithm>
#include <cstring>

namespace mydba::sql {
namespace {

// A version no server will have. Dumps use it to hide text from servers, and MariaDB's start with
// such a line: `/*M!999999\- enable the sandbox mode */`.
constexpr int neverExecuted = 999999;

// Length of `delimiter` in the mysql client (client/mysql.cc: a buffer of 16 bytes).
constexpr std::size_t longestDelimiter = 15;

/// The three classes that words are made of stand in a row.
bool isWordClass(CharClass kind) { return kind >= CharClass::word && kind <= CharClass::dollar; }

bool isDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Lexer::Lexer(std::string_view text, const Dialect& dialect)
    : text_(text), dialect_(dialect), classes_(*dialect.classes) {}

void Lexer::setDelimiter(std::string_view delimiter) {
  delimiter_ = delimiter == ";" ? "" : delimiter.substr(0, longestDelimiter);
}

std::size_t Lexer::lineEnd(std::size_t from) const {
  if (from >= text_.size()) return text_.size();
  return std::min(text_.find('\n', from), text_.size());
}

Token Lexer::make(TokenKind kind, std::size_t end) {
  const Token token{kind, position_, end};
  position_ = end;
  return token;
}

bool Lexer::delimiterHere() const {
  return text_[position_] == delimiter_[0] && startsWith(position_, delimiter_);
}

Token Lexer::next() {
  const std::size_t size = text_.size();
  while (position_ < size && classAt(position_) == CharClass::blank) ++position_;
  if (position_ >= size) return {TokenKind::end, size, size};
  // The client looks for its delimiter before anything else, so it may even look like a comment.
  if (!delimiter_.empty() && delimiterHere())
    return make(TokenKind::terminator, position_ + delimiter_.size());
  const bool more = position_ + 1 < size;
  switch (classAt(position_)) {
    case CharClass::word: return word();
    case CharClass::digit: return number();
    case CharClass::singleQuote: return quoted(TokenKind::string, '\'', dialect_.backslashEscapes);
    case CharClass::doubleQuote:
      return quoted(dialect_.doubleQuotedStrings ? TokenKind::string : TokenKind::quotedName, '"',
                    dialect_.backslashEscapes && dialect_.doubleQuotedStrings);
    case CharClass::backtick: return quoted(TokenKind::quotedName, '`', false);
    case CharClass::bracket: {
      const std::size_t close = text_.find(']', position_);
      return make(TokenKind::quotedName, close == text_.npos ? size : close + 1);
    }
    case CharClass::dollar: return dollarQuote();
    case CharClass::dash:
      if (more && text_[position_ + 1] == '-') return lineComment();
      break;
    case CharClass::hash: return make(TokenKind::comment, lineEnd(position_));
    case CharClass::slash:
      if (more && text_[position_ + 1] == '*') return slash();
      break;
    case CharClass::star:
      if (insideExecutable_ && more && text_[position_ + 1] == '/') {
        insideExecutable_ = false;
        return make(TokenKind::executableClose, position_ + 2);
      }
      break;
    case CharClass::semicolon:
      if (delimiter_.empty()) return make(TokenKind::terminator, position_ + 1);
      break;
    case CharClass::blank:
    case CharClass::symbol: break;
  }
  return make(TokenKind::symbol, position_ + 1);
}

/// End of a word that starts at `from`; a delimiter made of word bytes ends it (`END$$`).
std::size_t Lexer::wordEnd(std::size_t from) const {
  const std::size_t size = text_.size();
  std::size_t end = from;
  while (end < size && isWordClass(classAt(end))) ++end;
  if (delimiter_.empty() || !isWordClass(classes_[static_cast<unsigned char>(delimiter_[0])]))
    return end;
  const std::size_t reach = std::min(size, end + delimiter_.size() - 1);
  const std::size_t found = text_.substr(from, reach - from).find(delimiter_);
  return found == text_.npos ? end : from + found;
}

Token Lexer::word() {
  const std::size_t end = wordEnd(position_);
  if (dialect_.escapeStrings && end - position_ == 1 && end < text_.size() && text_[end] == '\'' &&
      (text_[position_] == 'E' || text_[position_] == 'e')) {
    const std::size_t start = position_;
    ++position_;
    Token token = quoted(TokenKind::string, '\'', true);
    token.start = start;
    return token;
  }
  return make(TokenKind::word, end);
}

/// Numbers, and names that start with a digit, which MySQL allows: both are runs of word bytes. A
/// point belongs to it, but not the two of a range; so does the sign of an exponent.
Token Lexer::number() {
  const std::size_t size = text_.size();
  const bool hex = text_[position_] == '0' && position_ + 1 < size &&
                   (text_[position_ + 1] == 'x' || text_[position_ + 1] == 'X');
  std::size_t end = wordEnd(position_);
  while (end < size && end > position_) {
    const bool point = text_[end] == '.' && !(end + 1 < size && text_[end + 1] == '.');
    const char before = text_[end - 1];
    const bool exponent = !hex && (before == 'e' || before == 'E') &&
                          (text_[end] == '+' || text_[end] == '-') && end + 1 < size &&
                          isDigit(text_[end + 1]);
    if (!point && !exponent) break;
    end = wordEnd(end + 1);
  }
  return make(TokenKind::number, end);
}

/// A doubled quote stands for itself in every dialect; a backslash where `escapes` says so.
Token Lexer::quoted(TokenKind kind, char quote, bool escapes) {
  const char* const first = text_.data();
  const char* const last = first + text_.size();
  const char* at = first + position_ + 1;
  while (at < last) {
    if (escapes) {
      while (at < last && *at != quote && *at != '\\') ++at;
      if (at < last && *at == '\\') {
        at += std::min<std::ptrdiff_t>(2, last - at);
        continue;
      }
    } else {
      const void* found = std::memchr(at, quote, static_cast<std::size_t>(last - at));
      at = found ? static_cast<const char*>(found) : last;
    }
    if (at == last) break;
    ++at;
    if (at == last || *at != quote) return make(kind, static_cast<std::size_t>(at - first));
    ++at;
  }
  return make(kind, text_.size());
}

/// `$$ … $$` and `$tag$ … $tag$`; a tag is a name without `$`, so `$1` is none. Tags cannot overlap
/// with each other, so that searching the end stays linear whatever the tag's length.
Token Lexer::dollarQuote() {
  if (!dialect_.dollarQuotes) return make(TokenKind::symbol, position_ + 1);
  std::size_t at = position_ + 1;
  if (at < text_.size() && isDigit(text_[at])) return make(TokenKind::symbol, position_ + 1);
  while (at < text_.size() && isWordClass(classAt(at)) && text_[at] != '$') ++at;
  if (at >= text_.size() || text_[at] != '$') return make(TokenKind::symbol, position_ + 1);
  const std::string_view tag = text_.substr(position_, at + 1 - position_);
  const std::size_t close = text_.find(tag, at + 1);
  return make(TokenKind::string, close == text_.npos ? text_.size() : close + tag.size());
}

Token Lexer::lineComment() {
  const std::size_t after = position_ + 2;
  const bool blank = after >= text_.size() || static_cast<unsigned char>(text_[after]) <= ' ';
  if (dialect_.dashNeedsBlank && !blank) return make(TokenKind::symbol, position_ + 1);
  return make(TokenKind::comment, lineEnd(position_));
}

Token Lexer::slash() {
  if (!dialect_.executableComments || insideExecutable_) return blockComment();
  std::size_t at = position_ + 2;
  if (dialect_.mariadbComments && startsWith(at, "M!")) ++at;
  if (!startsWith(at, "!")) return blockComment();
  const bool mariadbOnly = at > position_ + 2;
  ++at;
  // Five or six digits are a version (MySQL manual, "Comments").
  const std::size_t digits = at;
  int version = 0;
  while (at < text_.size() && at - digits < 6 && isDigit(text_[at]))
    version = version * 10 + (text_[at++] - '0');
  const VersionRange& skipped = dialect_.skippedVersions;
  const bool foreign = !mariadbOnly && version >= skipped.first && version <= skipped.last;
  if (foreign || version == neverExecuted) return blockComment();
  insideExecutable_ = true;
  return make(TokenKind::executableOpen, at);
}

Token Lexer::blockComment() {
  std::size_t at = position_ + 2;
  if (!dialect_.nestedComments) {
    const std::size_t close = text_.find("*/", at);
    return make(TokenKind::comment, close == text_.npos ? text_.size() : close + 2);
  }
  for (std::size_t depth = 1; depth > 0;) {
    while (at < text_.size() && text_[at] != '*' && text_[at] != '/') ++at;
    if (at + 1 >= text_.size()) return make(TokenKind::comment, text_.size());
    const bool open = text_[at] == '/' && text_[at + 1] == '*';
    const bool close = text_[at] == '*' && text_[at + 1] == '/';
    if (open) ++depth;
    if (close) --depth;
    at += open || close ? 2 : 1;
  }
  return make(TokenKind::comment, at);
}

}  // namespace mydba::sql
