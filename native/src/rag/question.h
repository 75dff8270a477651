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

/// A question taken apart, once for all that is searched by it.
struct Asked {
  std::vector<std::string> said;                  ///< its terms, in its order
  std::vector<std::string> meant;                 ///< terms of its synonyms
  std::vector<std::vector<std::string>> earlier;  ///< terms of questions before, the last one first
};

Asked readQuestion(std::string_view question, std::span<const std::string> earlier,
                   const Synonyms& synonyms, const StopWords& stopWords);

/// What a question is searched by, each term once. Beside its own terms: neighbours written
/// together ("dead lock"), synonyms, and weakly what was asked before ("and how do I avoid that?").
std::vector<QuestionTerm> questionTerms(const Asked& asked, const Index& index);

/// The pairs of the question's own terms (rag/pairs.h), each once.
std::vector<QuestionTerm> questionPairs(const Asked& asked, const Index& pairs);

}  // namespace mydba::rag
