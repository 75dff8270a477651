#pragma once

// What was asked before, as a plain value: so that "and the oldest?" and "explain it" have
// something to be about.

#include <optional>
#include <string>
#include <vector>

namespace mydba::ai::intent {

/// Turns that are remembered; older ones are not looked at.
inline constexpr std::size_t rememberedTurns = 10;

struct Turn {
  std::string text;  ///< the sentence; empty when it is not known
  std::string intent;
  std::optional<std::string> sql;
  std::vector<std::string> tables;
};

/// The oldest first.
using Conversation = std::vector<Turn>;

}  // namespace mydba::ai::intent
