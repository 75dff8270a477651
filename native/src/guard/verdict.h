#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "types.h"

namespace mydba::guard {

// From harmless to harmful, so that the worst of several is their maximum.
using protocol::Decision;
using protocol::Risk;

/// Why, in plain words. With a decision of allow a reason is a notice.
struct Reason {
  std::string id;            ///< kebab-case, of guard/checks.cpp: `delete-without-where`
  std::string message;       ///< one sentence, without a full stop
  std::size_t position = 0;  ///< bytes into the text that was judged

  bool operator==(const Reason&) const = default;
};

/// What the guard says of a text before any of it runs.
struct Verdict {
  Decision decision = Decision::allow;
  Risk risk = Risk::low;
  std::vector<Reason> reasons;  ///< by position within a statement; about 100 at most
  bool destructive = false;     ///< removes or overwrites data or structure
  bool readOnly = true;         ///< every statement is a proved read
  /// The confirmation must be typed: what is about to go is critical, in production.
  bool typed = false;
};

}  // namespace mydba::guard
