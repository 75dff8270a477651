#include "sql/block_tracker.h"

#include <algorithm>
#include <initializer_list>

#include "sql/keyword.h"

namespace mydba::sql {
namespace {

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> keywords) {
  return std::any_of(keywords.begin(), keywords.end(),
                     [&](std::string_view keyword) { return isKeyword(word, keyword); });
}

/// Words that stand in a statement but not in the header of a routine: its body is one statement.
bool startsSimpleBody(std::string_view word) {
  return isOneOf(word, {"RETURN", "SELECT", "SET", "CALL", "WITH", "INTO", "VALUES", "FROM"});
}

}  // namespace

void BlockTracker::reset() {
  stage_ = Stage::first;
  blocks_.clear();
  parentheses_ = 0;
  previousSymbol_ = 0;
  statementStart_ = afterEnd_ = declaring_ = handler_ = false;
}

void BlockTracker::push(Block block, bool statementNext) {
  blocks_.push_back(block);
  statementStart_ = statementNext;
  handler_ = false;
  stage_ = Stage::body;
}

bool BlockTracker::separator() {
  switch (stage_) {
    case Stage::rule: return parentheses_ == 0;
    case Stage::body: break;
    default: return true;
  }
  // A CASE expression cannot contain `;`: whoever left one open made a mistake.
  while (topIs(Block::caseValue)) blocks_.pop_back();
  if (blocks_.empty()) return true;
  statementStart_ = true;
  afterEnd_ = declaring_ = handler_ = false;
  previousSymbol_ = 0;
  return false;
}

void BlockTracker::takeSlowly(TokenKind kind, std::string_view text) {
  // An executable comment is code in brackets; the brackets mean nothing here.
  if (kind == TokenKind::executableOpen || kind == TokenKind::executableClose) return;
  const char before = previousSymbol_;
  previousSymbol_ = kind == TokenKind::symbol ? text[0] : '\0';
  // `NEW.end`, `@end`, `root@begin` are names whatever the word is.
  const bool keyword = kind == TokenKind::word && before != '.' && before != '@';
  switch (stage_) {
    case Stage::first: takeFirst(kind, text); return;
    case Stage::head:
      if (before != '=' && before != '@') takeHead(kind, text);
      return;
    case Stage::name:
      if (!keyword || !isOneOf(text, {"IF", "NOT", "EXISTS"})) stage_ = Stage::header;
      return;
    case Stage::maybeAtomic:
      stage_ = Stage::header;
      if (keyword && isKeyword(text, "ATOMIC")) push(Block::begin, true);
      return;
    case Stage::maybeBlock:
      stage_ = Stage::plain;
      if (keyword && isKeyword(text, "NOT")) push(Block::begin, true);
      return;
    case Stage::header:
    case Stage::rule:
      if (previousSymbol_ == '(') ++parentheses_;
      if (previousSymbol_ == ')' && parentheses_ > 0) --parentheses_;
      if (stage_ == Stage::header && keyword && parentheses_ == 0) takeHeader(text);
      return;
    case Stage::body:
      if (keyword) {
        takeBodyWord(text);
      } else {
        statementStart_ = previousSymbol_ == ':';  // after a label
        afterEnd_ = false;
      }
      return;
    case Stage::plain: return;
  }
}

void BlockTracker::takeFirst(TokenKind kind, std::string_view word) {
  if (kind != TokenKind::word) {
    stage_ = Stage::plain;
  } else if (isOneOf(word, {"CREATE", "ALTER"})) {
    stage_ = Stage::head;
  } else if (isKeyword(word, "EXPLAIN")) {
    stage_ = Stage::first;
  } else if (dialect_.anonymousBlocks && isKeyword(word, "BEGIN")) {
    stage_ = Stage::maybeBlock;
  } else {
    statementStart_ = true;
    if (!dialect_.anonymousBlocks || !openBlock(word)) stage_ = Stage::plain;
  }
}

void BlockTracker::takeHead(TokenKind kind, std::string_view word) {
  if (kind != TokenKind::word) {
    if (previousSymbol_ != '=' && previousSymbol_ != '@') stage_ = Stage::plain;
    return;
  }
  if (isOneOf(word, {"OR", "REPLACE", "DEFINER", "AGGREGATE", "TEMP", "TEMPORARY", "CONSTRAINT"}))
    return;
  const bool body = (dialect_.triggerBodies && isKeyword(word, "TRIGGER")) ||
                    (dialect_.routineBodies && isOneOf(word, {"PROCEDURE", "FUNCTION"})) ||
                    (dialect_.eventBodies && isKeyword(word, "EVENT"));
  stage_ = body ? Stage::name : Stage::plain;
  if (dialect_.ruleActions && isKeyword(word, "RULE")) stage_ = Stage::rule;
}

void BlockTracker::takeHeader(std::string_view word) {
  if (isKeyword(word, "BEGIN")) {
    if (dialect_.beginNeedsAtomic)
      stage_ = Stage::maybeAtomic;
    else
      push(Block::begin, true);
    return;
  }
  if (!dialect_.flowBlocks) return;
  if (startsSimpleBody(word)) {
    stage_ = Stage::plain;
  } else if (!isKeyword(word, "FOR")) {  // FOR EACH ROW
    openBlock(word);
  }
}

/// Opens the block that `word` starts where a statement may start.
bool BlockTracker::openBlock(std::string_view word) {
  if (isKeyword(word, "BEGIN")) {
    push(Block::begin, true);
    return true;
  }
  if (!dialect_.flowBlocks) return false;
  if (isKeyword(word, "IF")) {
    push(Block::condition, false);
  } else if (isKeyword(word, "CASE")) {
    push(Block::caseStatement, false);
  } else if (isKeyword(word, "LOOP")) {
    push(Block::loop, true);
  } else if (isKeyword(word, "REPEAT")) {
    push(Block::repeat, true);
  } else if (isOneOf(word, {"WHILE", "FOR"})) {
    push(Block::loop, false);
  } else {
    return false;
  }
  return true;
}

void BlockTracker::closeBlock() {
  const bool value = topIs(Block::caseValue);
  blocks_.pop_back();
  statementStart_ = false;
  afterEnd_ = !value;
  if (blocks_.empty()) stage_ = Stage::plain;
}

void BlockTracker::takeBodyWord(std::string_view word) {
  const bool start = statementStart_;
  statementStart_ = false;
  if (afterEnd_) {  // END IF, END LOOP, END label
    afterEnd_ = false;
    return;
  }
  if (isKeyword(word, "END")) {
    if (start || topIs(Block::caseValue) || topIs(Block::repeat)) closeBlock();
    return;
  }
  if ((start || (handler_ && !isKeyword(word, "FOR"))) && openBlock(word)) return;
  if (isKeyword(word, "CASE")) {
    push(Block::caseValue, false);
  } else if (isOneOf(word, {"THEN", "ELSE"})) {
    statementStart_ = topIs(Block::condition) || topIs(Block::caseStatement);
  } else if (isKeyword(word, "DO")) {
    statementStart_ = topIs(Block::loop);
  } else if (isOneOf(word, {"NOT", "ATOMIC"})) {
    statementStart_ = start;  // BEGIN ATOMIC, BEGIN NOT ATOMIC
  } else if (start) {
    declaring_ = isKeyword(word, "DECLARE");
  } else if (declaring_ && isKeyword(word, "HANDLER")) {
    handler_ = true;
  } else if (handler_ && startsSimpleBody(word)) {
    handler_ = false;
  }
}

}  // namespace mydba::sql
