#pragma once

// Whether a filter filters. Not a solver: it finds what people and injections write to keep every
// row (`1=1`, `true`, `id=id`, `x OR 'a'='a'`, `NOT false`), through parentheses, NOT, AND and OR.
// A part that names no column keeps all rows or none, so it counts as always true, unless it is
// plainly false. One pass over the tokens with a stack of its own; sub-queries are skipped.

#include <cstddef>
#include <optional>

#include "sql/dialect.h"
#include "sql/token_list.h"

namespace mydba::sql {

struct ConditionFacts {
  bool alwaysTrue = false;
  /// Start of the alternative that makes it true whatever the others say: `… OR '1'='1'`.
  std::optional<std::size_t> injection;
  /// It compares a name with a name: `a.id = b.a_id`.
  bool joins = false;
};

/// Of the tokens from `begin` to before `end`.
ConditionFacts readCondition(const TokenList& tokens, std::size_t begin, std::size_t end,
                             const Dialect& dialect);

}  // namespace mydba::sql
