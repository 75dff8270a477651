#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "optimize/definition.h"
#include "types.h"

namespace mydba::optimize {

/// Another text of a statement that may be faster. It was made from the text and the definitions
/// alone: nothing of it has run.
struct Candidate {
  std::string title;
  std::string why;
  protocol::Citation citation;
  std::string sql;
  std::string holdsWhile;  ///< what the same rows rest on; empty: the rules of SQL alone
};

/// By the rewrites of rewrites/ and the fixes of the rules for SQL text, each once. None of a
/// statement that is no query, or that calls a function that gives another value each time. Linear
/// in the text but for its names.
std::vector<Candidate> candidates(std::string_view statement, const sql::Dialect& dialect,
                                  const Definitions& definitions);

}  // namespace mydba::optimize
