#pragma once

// The rules of data/rules.txt, compiled once: patterns over words, each for an intent, with a
// weight.

#include <string_view>

#include "ai/intent/mentions.h"
#include "ai/intent/sentence.h"

namespace mydba::ai::intent {

/// Name of the intent that the heaviest matching rules agree on; `general` when none matches or
/// they disagree.
std::string_view decide(const Sentence& sentence, const Mentions& mentions);

}  // namespace mydba::ai::intent
