#pragma once

// The tokens of a statement, with everything that may be a text as one: what the fingerprint and
// the anonymised text are made of. Both see the same tokens, so that the one keeps the other.
//
// Besides what other modes of a server read as a text (sql/other_readings.h) that is, in SQLite and
// where the dialect is not known, a double-quoted name that stands where a value is expected.
// SQLite takes it for a text when no column is called so (sqlite.org/quirks.html, 8), and who comes
// from MySQL writes texts like that. The place decides: the right side of an operator, the
// arguments of a function, a row of VALUES, behind LIKE, THEN, DEFAULT and their kin. Where columns
// stand as well (in a list of SELECT, left of an operator) it stays a name if it is made like one
// and there is a table whose column it could be. So a column that somebody quotes on the right side
// of a comparison loses its name.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sql/dialect.h"
#include "sql/keywords.h"
#include "sql/lexer.h"
#include "sql/other_readings.h"

namespace mydba::sql {

class ValueLexer {
 public:
  /// Of a part of a text that starts at `offset` of it; `readings` is of the whole text, and of a
  /// life that is longer.
  ValueLexer(std::string_view statement, const Dialect& dialect, OtherReadings& readings,
             std::size_t offset);

  Token next();
  std::string_view textOf(const Token& token) const { return lexer_.textOf(token); }
  /// Whether the token that starts at `position`, which is not behind the next one, will be a text
  /// though it is none in the dialect's own reading.
  bool hides(std::size_t position) {
    return readings_.hides(offset_ + position, offset_ + position + 1);
  }
  void skipTo(std::size_t position) { lexer_.skipTo(position); }

 private:
  enum class Last : std::uint8_t {
    start,
    name,
    value,
    symbol,
    comma,
    open,
    close,
    dot,
    cast,
    keyword,
  };
  enum class Clause : std::uint8_t { none, names, columns, tables, values, settings };

  struct Level {
    Clause clause = Clause::none;
    bool values = false;    ///< a list of values: of VALUES, IN or a function
    bool between = false;   ///< the AND of a BETWEEN is to come
    std::size_t own = 0;    ///< counts the parentheses of the statement
    std::size_t query = 0;  ///< `own` of the level whose tables its columns are of
  };

  bool isValue(const Token& token);
  bool isValueBehindKeyword(bool simple);
  bool isColumn(bool simple);
  void findTables();
  bool isValueBehindName(const Token& token) const;
  void note(const Token& token);
  void noteKeyword(Keyword keyword);
  bool namesKeyPragma(const Token& token) const;
  void noteSymbol(const Token& token);
  void enterClause(Keyword keyword);
  void open(bool brackets);

  const std::string_view text_;
  const Dialect& dialect_;
  Lexer lexer_;
  OtherReadings& readings_;
  const std::size_t offset_;

  // Only where double quotes may mean a text.
  std::vector<Level> levels_;
  Last last_ = Last::start;
  Token lastName_;
  Keyword keyword_ = Keyword::none;
  Keyword keywordBefore_ = Keyword::none;
  Keyword first_ = Keyword::none;
  std::size_t opened_ = 0;
  std::vector<bool> hasTables_;  ///< of each level; empty until it is asked for
  bool betweenAnd_ = false;
  bool parameter_ = false;
  bool keyPragma_ = false;  ///< PRAGMA key: all that follows is the key
};

}  // namespace mydba::sql
