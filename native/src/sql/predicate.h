#pragma once

#include <cstddef>
#include <cstdint>

#include "sql/token_list.h"

namespace mydba::sql {

enum class Truth : std::uint8_t {
  no,
  yes,
  constant,  ///< the same for every row, but which is not known here
  open,      ///< depends on the row
};

constexpr Truth negate(Truth truth) {
  return truth == Truth::no ? Truth::yes : truth == Truth::yes ? Truth::no : truth;
}
constexpr Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  if (a == Truth::open || b == Truth::open) return Truth::open;
  return a == Truth::constant ? a : b;
}
constexpr Truth either(Truth a, Truth b) {
  if (a == Truth::yes || b == Truth::yes) return Truth::yes;
  if (a == Truth::constant || b == Truth::constant) return Truth::constant;
  return a == Truth::open ? a : b;
}

/// Tokens from `begin` to before `end`.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
};

struct PredicateFacts {
  Truth truth = Truth::open;
  bool joins = false;  ///< compares a name with a name
};

/// Of a condition without AND, OR and a leading NOT.
PredicateFacts readPredicate(const TokenList& tokens, Range range);

/// `x IS NULL` and `x IS NOT NULL`, `x = 1` and `x <> 1`.
bool areOpposites(const TokenList& tokens, Range a, Range b);

/// SELECT, WITH, VALUES and the like at `at`: parentheses before it hold a query.
bool startsQuery(const TokenList& tokens, std::size_t at);

}  // namespace mydba::sql
