#include "sql/token_list.h"

#include <algorithm>

#include "sql/keyword.h"
#include "sql/literal.h"

namespace mydba::sql {
TokenList::TokenList(std::string_view text, const Dialect& dialect)
    : text_(text), dialect_(dialect) {
  if (text.size() >= UINT32_MAX) {
    complete_ = false;
    return;
  }
  Lexer lexer(text, dialect);
  bool conditional = false;
  pieces_.reserve(text.size() / 6 + 8);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    checkEnd(token);
    lastComment_ = {};
    switch (token.kind) {
      case TokenKind::comment: {
        const std::string_view comment = lexer.textOf(token);
        lastComment_ = {token.start, comment.find_first_of("'\"`") != comment.npos};
        break;
      }
      case TokenKind::executableOpen: {
        const char last = text[token.end - 1];
        conditional = last >= '0' && last <= '9';
        break;
      }
      case TokenKind::executableClose: conditional = false; break;
      default: take(token, conditional);
    }
  }
  if (!open_.empty() || lexer.insideExecutable()) complete_ = false;
  findContents();
  end_.start = end_.end = static_cast<std::uint32_t>(text.size());
}

void TokenList::findContents() {
  const auto count = static_cast<std::uint32_t>(pieces_.size());
  for (const std::uint32_t open : open_) pieces_[open].partner = count;
  for (std::uint32_t at = count; at-- > 0;)
    pieces_[at].content =
        isSymbol(at, '(') && isSymbol(at + 1, '(') ? pieces_[at + 1].content : at + 1;
}

void TokenList::take(const Token& token, bool conditional) {
  const auto at = static_cast<std::uint32_t>(pieces_.size());
  Piece piece{.start = static_cast<std::uint32_t>(token.start),
              .end = static_cast<std::uint32_t>(token.end),
              .partner = at,
              .kind = token.kind,
              .conditional = conditional};
  if (token.kind == TokenKind::word) {
    const char before =
        at > 0 && pieces_[at - 1].kind == TokenKind::symbol ? text_[pieces_[at - 1].start] : '\0';
    const bool name =
        before == '.' || before == '@' || (before == ':' && pieces_[at - 1].end == token.start);
    if (!name) piece.keyword = findKeyword(text_.substr(token.start, token.end - token.start));
  }
  pieces_.push_back(piece);
  if (conditional) conditional_.push_back(at);
  if (token.kind == TokenKind::symbol) pair(at, text_[token.start]);
}

void TokenList::pair(std::uint32_t at, char symbol) {
  if (symbol == '(') {
    open_.push_back(at);
  } else if (symbol == ')') {
    if (open_.empty()) {
      complete_ = false;
      return;
    }
    pieces_[at].partner = open_.back();
    pieces_[open_.back()].partner = at;
    open_.pop_back();
  }
}

/// The lexer lets what has no end reach to the end of the text; so only there can it be open.
void TokenList::checkEnd(const Token& token) {
  const std::string_view piece = text_.substr(token.start, token.end - token.start);
  if (token.kind == TokenKind::string || token.kind == TokenKind::quotedName) {
    if (token.end == text_.size() && !isClosed(piece, dialect_)) complete_ = false;
    if (token.kind == TokenKind::string && piece[0] != '$' &&
        piece.find('\\') != std::string_view::npos)
      dependsOnMode_ = dependsOnMode_ || readsOtherwise(piece);
  } else if (token.kind == TokenKind::comment && piece.starts_with("/*")) {
    if (token.end == text_.size() && (piece.size() < 4 || !piece.ends_with("*/")))
      complete_ = false;
  }
}

bool TokenList::conditionalWithin(std::size_t begin, std::size_t end) const {
  const auto first = std::lower_bound(conditional_.begin(), conditional_.end(), begin);
  return first != conditional_.end() && *first < end;
}

bool TokenList::isWord(std::size_t at, std::string_view upper) const {
  return (*this)[at].kind == TokenKind::word && isKeyword(text(at), upper);
}

std::string TokenList::value(std::size_t at) const {
  const Piece& piece = (*this)[at];
  if (piece.kind == TokenKind::string || piece.kind == TokenKind::quotedName)
    return literalValue(text(at), dialect_);
  return std::string(text(at));
}

std::string TokenList::lower(std::size_t at) const { return lowerCase(std::string(text(at))); }

}  // namespace mydba::sql
