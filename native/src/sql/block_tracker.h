#pragma once

// Tells which `;` end a statement and which stand inside a compound body.
//
// Routines, triggers and events carry whole programs: BEGIN … END with IF, CASE, LOOP, WHILE and
// REPEAT inside, and none of these words is reserved everywhere. So the tracker knows where a
// statement of the body may start: a word opens a block only there, and END closes one only there
// (or at the end of a CASE expression or of REPEAT … UNTIL). `IF(a, b, c)`, a column called `end`
// and `CREATE PROCEDURE IF NOT EXISTS` are thus not mistaken for blocks.
//
// Its memory is one byte for each open block, which hostile text can make as long as itself.

#include <string_view>
#include <vector>

#include "sql/dialect.h"
#include "sql/lexer.h"

namespace mydba::sql {

/// Follows the tokens of one statement after the other. One thread.
class BlockTracker {
 public:
  explicit BlockTracker(const Dialect& dialect) : dialect_(dialect) {}

  /// Begins a new statement.
  void reset();
  /// Takes a token that is neither a comment nor a terminator.
  void take(TokenKind kind, std::string_view text) {
    if (stage_ != Stage::plain) takeSlowly(kind, text);
  }
  /// Takes a `;`. True when it ends the statement.
  bool separator();

 private:
  enum class Stage {
    first,        // no token yet
    head,         // CREATE or ALTER, the kind of object not seen yet
    name,         // the name of the routine comes next
    header,       // between the name and the body
    maybeAtomic,  // BEGIN in a header that needs ATOMIC
    maybeBlock,   // BEGIN as first word, perhaps of BEGIN NOT ATOMIC
    rule,         // CREATE RULE: parentheses hold statements
    body,
    plain,  // the next `;` ends it
  };
  enum class Block : unsigned char { begin, condition, loop, repeat, caseStatement, caseValue };

  void takeSlowly(TokenKind kind, std::string_view text);
  void takeFirst(TokenKind kind, std::string_view word);
  void takeHead(TokenKind kind, std::string_view word);
  void takeHeader(std::string_view word);
  void takeBodyWord(std::string_view word);
  bool openBlock(std::string_view word);
  void closeBlock();
  void push(Block block, bool statementNext);
  bool topIs(Block block) const { return !blocks_.empty() && blocks_.back() == block; }

  const Dialect& dialect_;
  Stage stage_ = Stage::first;
  std::vector<Block> blocks_;
  std::size_t parentheses_ = 0;
  char previousSymbol_ = 0;      // the token before, if it was a symbol
  bool statementStart_ = false;  // a statement of the body may start here
  bool afterEnd_ = false;        // the word after END names what ended
  bool declaring_ = false;       // in a DECLARE …
  bool handler_ = false;         // … HANDLER FOR …, whose action may be a block
};

}  // namespace mydba::sql
