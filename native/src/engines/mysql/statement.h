#pragma once

// What must be known of a statement before it is sent, by a small lexer over words, quotes,
// comments and parentheses: nothing here understands SQL further than that.

#include <string>
#include <string_view>
#include <vector>

namespace mydba::mysql {

struct Token {
  enum class Kind { word, quotedName, text, symbol, end };
  Kind kind = Kind::end;
  std::string_view text;  ///< as written, quotes included
  int depth = 0;          ///< open parentheses around it
};

/// Tokens of a statement; comments are skipped, except that the inside of `/*! … */` is code.
std::vector<Token> tokens(std::string_view sql);

/// A name as written, without its quotes.
std::string unquoted(const Token& token);
/// A name in backticks.
std::string quoteName(std::string_view name);
/// A value of a variable as SET takes it: a number is no string there.
std::string literal(std::string_view value);

/// True without regard to case.
bool isWord(const Token& token, std::string_view upperCase);

/// The first word in capitals: `SELECT`; for WITH the word of the statement that follows. Empty
/// when there is none.
std::string command(std::string_view sql);

/// True when a word stands anywhere outside quotes and comments.
bool mentions(std::string_view sql, std::string_view upperCase);

}  // namespace mydba::mysql
