#include "rag/question.h"

#include <algorithm>

#include "base/utf8.h"

namespace mydba::rag {
namespace {

constexpr float synonymWeight = 0.5F;
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

std::vector<QuestionTerm> questionTerms(std::string_view question,
                                        std::span<const std::string> earlier, const Index& index,
                                        const Synonyms& synonyms, const StopWords& stopWords) {
  Terms terms(index);
  TermReader reader(stopWords);
  std::vector<std::string> said;
  reader.read(utf8Prefix(question, longestQuestion), said);
  for (std::size_t at = 0; at < said.size(); ++at) {
    terms.add(said[at], 1);
    if (at > 0) terms.add(said[at - 1] + said[at], 1);
  }
  for (const std::string& meant : synonyms.of(said)) terms.add(meant, synonymWeight);

  float weight = earlierWeight;
  for (std::size_t back = 1; back <= std::min(earlier.size(), mostEarlier); ++back, weight /= 2) {
    said.clear();
    reader.read(utf8Prefix(earlier[earlier.size() - back], longestQuestion), said);
    for (const std::string& term : said) terms.add(term, weight);
  }
  return terms.take();
}

}  // namespace mydba::rag
