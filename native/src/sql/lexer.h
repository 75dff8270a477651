#pragma once

// Cuts SQL text into tokens, in one pass, without copying.
//
// The lexer knows quoting, comments and nothing else. It never fails: what has no end (a string, a
// comment) reaches to the end of the text, and a byte it has no rule for is a symbol. Every call of
// `next` moves forward and looks at each byte at most twice, so hostile text costs linear time and
// no memory. Nesting is counted, never recursed into.
//
// Executable comments (`/*!50003 … */`) come as executableOpen, the tokens inside, executableClose.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::sql {

enum class TokenKind : std::uint8_t {
  end,
  word,        ///< keyword or unquoted name
  quotedName,  ///< with its quotes
  string,      ///< with its quotes; a prefix such as E or N is a word before it
  number,
  symbol,           ///< one byte
  terminator,       ///< `;` or the DELIMITER in force
  comment,          ///< without the line end
  executableOpen,   ///< `/*!50003` or `/*M!`
  executableClose,  ///< its `*/`
};

/// Byte offsets into the text; end is one past the last byte.
struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t start = 0;
  std::size_t end = 0;
};

/// Reads `text`, which must outlive it. One thread.
class Lexer {
 public:
  Lexer(std::string_view text, const Dialect& dialect);

  /// The next token; kind `end` at the end, again and again.
  Token next();

  std::string_view textOf(const Token& token) const {
    return text_.substr(token.start, token.end - token.start);
  }
  /// Where the next token is looked for.
  std::size_t position() const { return position_; }
  /// Goes on at `position`, which is not before the current one.
  void skipTo(std::size_t position) { position_ = position; }
  /// End of the line that `from` stands in: the offset of its `\n`, or of the end of the text.
  std::size_t lineEnd(std::size_t from) const;
  bool insideExecutable() const { return insideExecutable_; }

  /// Makes `delimiter` end statements instead of `;`. Cut to the 15 bytes that the mysql client
  /// keeps; empty restores `;`.
  void setDelimiter(std::string_view delimiter);
  bool hasDelimiter() const { return !delimiter_.empty(); }

 private:
  CharClass classAt(std::size_t at) const {
    return classes_[static_cast<unsigned char>(text_[at])];
  }
  bool startsWith(std::size_t at, std::string_view what) const {
    return text_.compare(at, what.size(), what) == 0;
  }
  Token make(TokenKind kind, std::size_t end);
  Token word();
  Token number();
  Token quoted(TokenKind kind, char quote, bool escapes);
  Token dollarQuote();
  Token lineComment();
  Token blockComment();
  Token slash();
  bool delimiterHere() const;
  std::size_t wordEnd(std::size_t from) const;

  std::string_view text_;
  const Dialect& dialect_;
  const CharTable& classes_;
  std::string delimiter_;
  std::size_t position_ = 0;
  bool insideExecutable_ = false;
};

}  // namespace mydba::sql
