#include "rag/question.h"

#include <algorithm>

#include "base/utf8.h"
#include "rag/pairs.h"

namespace mydba::rag {
namespace {

constexpr float synonymWeight = 0.5F;
/// Of a pair: both its terms count already. Found by trying, on the even lines of
/// tests/rag/questions.tsv.
constexpr float pairWeight = 0.5F;
/// Of the last question; halved for each one before it.
constexpr float earlierWeight = 0.25F;
constexpr std::size_t mostEarlier = 3;
/// Nobody asks more than this at once; what is pasted behind a question is cut.
constexpr std::size_t longestQuestion = 4096;

class Terms {
 public:
  explicit Terms(const Index& index) : index_(index) {}

  void add(std::string_view term, float weight) {
    const auto id = index_.find(term);
    if (!id) return;
    const auto known = std::ranges::find(terms_, *id, &QuestionTerm::term);
    if (known == terms_.end())
      terms_.push_back({*id, weight});
    else
      known->weight = std::max(known->weight, weight);
  }

  std::vector<QuestionTerm> take() { return std::move(terms_); }

 private:
  const Index& index_;
  std::vector<QuestionTerm> terms_;
};

}  // namespace

Asked readQuestion(std::string_view question, std::span<const std::string> earlier,
                   const Synonyms& synonyms, const StopWords& stopWords) {
  TermReader reader(stopWords);
  Asked asked;
  reader.read(utf8Prefix(question, longestQuestion), asked.said);
  asked.meant = synonyms.of(asked.said);
  for (std::size_t back = 1; back <= std::min(earlier.size(), mostEarlier); ++back)
    reader.read(utf8Prefix(earlier[earlier.size() - back], longestQuestion),
                asked.earlier.emplace_back());
  return asked;
}

std::vector<QuestionTerm> questionTerms(const Asked& asked, const Index& index) {
  Terms terms(index);
  for (std::size_t at = 0; at < asked.said.size(); ++at) {
    terms.add(asked.said[at], 1);
    if (at > 0) terms.add(asked.said[at - 1] + asked.said[at], 1);
  }
  for (const std::string& meant : asked.meant) terms.add(meant, synonymWeight);

  float weight = earlierWeight;
  for (const auto& before : asked.earlier) {
    for (const std::string& term : before) terms.add(term, weight);
    weight /= 2;
  }
  return terms.take();
}

std::vector<QuestionTerm> questionPairs(const Asked& asked, const Index& pairs) {
  Terms terms(pairs);
  for (const std::string& pair : pairsOf(asked.said)) terms.add(pair, pairWeight);
  return terms.take();
}

}  // namespace mydba::rag
