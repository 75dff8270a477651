#pragma once

// A sentence cut into words, before anything is known of what it asks for.
//
// A sentence is data: it is read, never obeyed. Cutting is one pass; of what is longer than
// `mostWords` only the beginning is read, so that hostile text costs no more than its length.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ai/intent/lexicon.h"
#include "sql/dialect.h"

namespace mydba::ai::intent {

inline constexpr std::size_t mostWords = 120;

enum class WordKind : std::uint8_t {
  word,
  number,  ///< `10`, `1,000`, `10k`; text has digits and a point only
  value,   ///< in quotes, a date, an address of mail
  name,    ///< with an underscore, a point or in backticks
  sql,     ///< a statement
};

struct Word {
  WordKind kind = WordKind::word;
  std::size_t start = 0;  ///< bytes of the sentence
  std::size_t end = 0;
  std::string text;                ///< as written, without quotes
  std::string folded;              ///< in lower case; of a number with `k` and `,` undone
  std::vector<std::string> forms;  ///< of words and names: what it may be a form of, itself first
  std::vector<Sense> senses;       ///< of all forms
  bool afterBreak = false;         ///< behind a comma, colon or full stop

  bool is(std::string_view group) const;
  /// The value of its sense in `group`; empty without one.
  std::string_view valueIn(std::string_view group) const;
  /// One of its forms is one of `words`.
  bool isOneOf(std::initializer_list<std::string_view> words) const;
};

struct Sentence {
  std::string text;
  std::vector<Word> words;
  std::string sql;        ///< the statement in it; empty without one
  bool question = false;  ///< it ends in a question mark

  std::size_t size() const { return words.size(); }
};

/// `text` is UTF-8.
Sentence readSentence(std::string_view text, const sql::Dialect& dialect);

}  // namespace mydba::ai::intent
