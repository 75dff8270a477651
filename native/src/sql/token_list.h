#pragma once

// The code of one statement as an array: no comments, keywords looked up, parentheses paired. What
// reads statements can then look ahead and skip a whole group in one step.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sql/keywords.h"
#include "sql/lexer.h"

namespace mydba::sql {

/// 32 bits hold every offset: longer text is not read at all.
struct Piece {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  /// Of a parenthesis: index of its partner; of an open one without: the list's size.
  std::uint32_t partner = 0;
  /// Of an open parenthesis: the first token behind it that opens none.
  std::uint32_t content = 0;
  TokenKind kind = TokenKind::end;
  /// Of a word that no point, `@` or `:` makes a name.
  Keyword keyword = Keyword::none;
  /// In an executable comment with a version, which not every server executes.
  bool conditional = false;
};

/// A comment at the end of the statement, and whether it holds a quote.
struct LastComment {
  std::size_t start = 0;
  bool hasQuote = false;
};

/// Of `text` of less than 4 GiB, which must outlive it; of longer text it is empty. Indexes at or
/// past `size` read as a piece of kind `end`.
class TokenList {
 public:
  TokenList(std::string_view text, const Dialect& dialect);

  std::size_t size() const { return pieces_.size(); }
  const Piece& operator[](std::size_t at) const { return at < size() ? pieces_[at] : end_; }

  Keyword keyword(std::size_t at) const { return (*this)[at].keyword; }
  bool is(std::size_t at, Keyword keyword) const { return (*this)[at].keyword == keyword; }
  bool isSymbol(std::size_t at, char symbol) const {
    const Piece& piece = (*this)[at];
    return piece.kind == TokenKind::symbol && text_[piece.start] == symbol;
  }
  /// A word without a look at whether it is in the list of keywords; `upper` in upper case.
  bool isWord(std::size_t at, std::string_view upper) const;
  /// A word or a quoted name: what can name something.
  bool isName(std::size_t at) const {
    const TokenKind kind = (*this)[at].kind;
    return kind == TokenKind::word || kind == TokenKind::quotedName;
  }
  /// True when no blank or comment stands before it.
  bool touchesPrevious(std::size_t at) const {
    return at > 0 && (*this)[at - 1].end == (*this)[at].start;
  }

  const Dialect& dialect() const { return dialect_; }
  std::string_view text() const { return text_; }
  std::string_view text(std::size_t at) const {
    const Piece& piece = (*this)[at];
    return text_.substr(piece.start, piece.end - piece.start);
  }
  /// The name or text that a token stands for: quotes, prefixes and escapes undone.
  std::string value(std::size_t at) const;
  /// In lower case, for words of the language.
  std::string lower(std::size_t at) const;

  std::size_t partner(std::size_t at) const { return (*this)[at].partner; }
  std::size_t content(std::size_t at) const { return (*this)[at].content; }
  /// The index behind the group that opens at `open`.
  std::size_t behind(std::size_t open) const { return partner(open) + 1; }

  /// Some of the tokens from `begin` to before `end` are conditional.
  bool conditionalWithin(std::size_t begin, std::size_t end) const;

  /// Every string and comment has its end and every parenthesis its partner.
  bool complete() const { return complete_; }
  /// A string has a backslash that other modes read otherwise.
  bool dependsOnMode() const { return dependsOnMode_; }
  const LastComment& lastComment() const { return lastComment_; }

 private:
  void take(const Token& token, bool conditional);
  void pair(std::uint32_t at, char symbol);
  void findContents();
  void checkEnd(const Token& token);

  std::string_view text_;
  const Dialect& dialect_;
  std::vector<Piece> pieces_;
  std::vector<std::uint32_t> open_;
  std::vector<std::uint32_t> conditional_;  // indexes, rising
  Piece end_;
  LastComment lastComment_;
  bool complete_ = true;
  bool dependsOnMode_ = false;
};

}  // namespace mydba::sql
