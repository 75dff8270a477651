#pragma once

// Pairs of terms that stand near each other in a title or in a phrase of a document's `words`:
// "second server" and "too big" say what none of their words does alone. A passage counts for a
// pair by how rare the pair is, and only once, however often it says it.

#include <span>
#include <string>
#include <vector>

#include "rag/index.h"

namespace mydba::rag {

/// The pairs of neighbours and of terms that one other stands between, whichever comes first: each
/// is two terms with a blank between them.
std::vector<std::string> pairsOf(std::span<const std::string> terms);

/// An index of the pairs of `passages`. With `beside` they are a user's own, as for Index.
Index pairIndex(std::span<const PassageText> passages, const StopWords& stopWords,
                const Index* beside = nullptr);

}  // namespace mydba::rag
