#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rag/index.h"
#include "rag/synonyms.h"

namespace mydba::rag {

/// A term of the index that a question is searched by, and how much it counts: 1 for what the
/// question says, less for what it only means.
struct QuestionTerm {
  TermId term;
  float weight;
};

/// What a question is searched by, each term once. Beside its own terms: neighbours written
/// together ("dead lock"), synonyms, and weakly what was asked before ("and how do I avoid that?").
std::vector<QuestionTerm> questionTerms(std::string_view question,
                                        std::span<const std::string> earlier, const Index& index,
                                        const Synonyms& synonyms, const StopWords& stopWords);

}  // namespace mydba::rag
