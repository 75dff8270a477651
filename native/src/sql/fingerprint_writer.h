#pragma once

// Writes the text of a fingerprint token by token into one buffer, with blanks that depend on
// nothing but the tokens. What can only be folded afterwards (the second value of a list, a row
// like the row before, the sign or type of a value) is taken off the end of the buffer again, so
// that everything stays one pass.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sql/dialect.h"
#include "sql/keywords.h"
#include "sql/other_readings.h"
#include "sql/value_lexer.h"

namespace mydba::sql {

class FingerprintWriter {
 public:
  FingerprintWriter(std::string_view text, const Dialect& dialect);

  std::string write();

 private:
  /// What the last token written was, as far as the next one asks.
  enum class Last : std::uint8_t {
    start,
    keyword,
    name,
    value,  // `?`
    open,   // ( [
    close,  // ) ]
    comma,
    dot,
    cast,      // ::
    variable,  // @ @@
    sign,      // + - where a value may follow
    symbol,
  };

  /// One level of parentheses.
  struct Level {
    std::size_t open = 0;        // where its parenthesis is written
    std::size_t groupStart = 0;  // the last group in it
    std::size_t groupEnd = 0;
  };

  void take(const Token& token);
  void separate();
  void word(const Token& token);
  void keyword(Keyword keyword, std::string_view word);
  void name(std::string_view text);
  void quotedName(std::string_view token);
  void string(const Token& token);
  void symbol(char symbol, const Token& token);
  void operatorSymbol(char symbol, bool touches);
  void value();
  void open(char symbol);
  void close(char symbol);
  void comma();
  bool takeParameter(char symbol, const Token& token);
  bool takeType(const Token& token);
  bool takesValue() const;

  void put(char c) { buffer_[size_++] = c; }
  void putBlank();
  void putLower(std::string_view text);
  void putExact(std::string_view text);
  bool touches(const Token& token) const { return token.start == lastEnd_; }

  const std::string_view text_;
  OtherReadings readings_;
  ValueLexer lexer_;
  const Dialect& dialect_;
  std::unique_ptr<char[]> buffer_;
  std::size_t size_ = 0;
  std::vector<Level> levels_;

  Last last_ = Last::start;
  Last beforeComma_ = Last::start;
  Last beforeName_ = Last::start;  // what stood before the last name
  Last beforeSign_ = Last::start;
  Keyword lastKeyword_ = Keyword::none;
  Keyword firstKeyword_ = Keyword::none;
  std::size_t lastEnd_ = 0;    // where the last token ended in the text
  std::size_t nameStart_ = 0;  // where the last name is written, with its blank
  std::size_t signStart_ = 0;
  std::size_t inBrackets_ = 0;
  bool ended_ = false;  // a terminator has been read
  bool dotBehindName_ = false;
  bool secretNext_ = false;  // IDENTIFIED BY: a secret comes next, whatever it looks like
  bool handleNext_ = false;  // the name of a savepoint, cursor or prepared statement comes next
  enum class Type : std::uint8_t { none, first, rest, group } type_ = Type::none;
};

}  // namespace mydba::sql
