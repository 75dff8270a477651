#pragma once

// The corpus of tests/sql/guard, and what grows it.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "guard/policy.h"
#include "guard/verdict.h"
#include "sql/dialect.h"

namespace mydba::guard {

/// A text with what must be said of it, by a line of the corpus or by a mutation of one.
struct Case {
  std::string sql;
  std::vector<std::string> kinds;  ///< of each statement
  bool destructive = false;
  bool readOnly = false;
  std::array<Decision, 5> decisions{};  ///< as in `policies`
  std::string origin;                   ///< `postgres.jsonl:12 as upper case`
};

/// What each line of the corpus has a decision for: dev, staging, prod, prod with destructive
/// allowed, read-only in prod.
std::array<Policy, 5> policies();

/// The lines of `tests/sql/guard/<dialect>.jsonl`.
std::vector<Case> readCorpus(const sql::Dialect& dialect);

/// The case itself and its mutations: other case, blanks, comments, quotes, executable comments,
/// statements in front and behind. Each knows what it does to the expectation. Deterministic.
std::vector<Case> mutations(const Case& seed, const sql::Dialect& dialect);

}  // namespace mydba::guard
