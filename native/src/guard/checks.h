#pragma once

// What the guard can find in a statement, as one table: an id, what it means for people, how risky
// it is and what is decided where. The data files (knowledge.h) and the readers of statements name
// its rows; nothing else decides.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "guard/policy.h"
#include "guard/verdict.h"

namespace mydba::guard {

/// How far a finding takes a statement away from being a read.
enum class Nature : std::uint8_t {
  notice,       ///< not at all
  session,      ///< changes this session only, nothing stored: allowed when read-only
  lifting,      ///< the same, but it could end the read-only state: blocked when read-only
  change,       ///< changes something others see, or cannot be proved not to
  destruction,  ///< removes or overwrites data or structure
};

struct Check {
  std::string_view id;
  std::string_view message;  ///< `{}` stands for what it was found at
  Risk risk;
  std::array<Decision, 4> decisions;  ///< dev, staging, prod, prod with destructive allowed
  Nature nature;
};

/// Sorted by id.
std::span<const Check> checks();
/// Null when there is none.
const Check* findCheck(std::string_view id);

/// What the table says, read-only or not.
Decision decide(const Check& check, const Policy& policy);

}  // namespace mydba::guard
