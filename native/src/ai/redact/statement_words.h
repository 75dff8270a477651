#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "sql/dialect.h"

namespace mydba::ai {

/// The words of statements, by what they are there: to tell what somebody else quotes of them. In
/// any case of the letters.
class StatementWords {
 public:
  /// `text` is any number of statements, or a part of one.
  void learn(std::string_view text, const sql::Dialect& dialect);

  bool isName(std::string_view word) const;
  /// A word of a literal or comment, as it is spelled or as it is meant.
  bool isValue(std::string_view word) const;
  /// Some word of `text` is one of a value and no name; where `text` is so long that a server may
  /// have cut it, its last word may be the beginning of one.
  bool quotesValue(std::string_view text) const;

 private:
  std::unordered_set<std::string> names_;
  std::unordered_set<std::string> values_;
};

}  // namespace mydba::ai
