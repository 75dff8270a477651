#include "rag/index.h"

#include <algorithm>
#include <cmath>

namespace mydba::rag {
namespace {

/// How much a term counts by its field, and how much the field's length is made even. Found by
/// trying, on the even lines of tests/rag/questions.tsv.
struct Field {
  std::string_view PassageText::*text;
  float weight;
  float evenness;
};
constexpr Field fields[] = {{&PassageText::title, 3.0F, 0.3F},
                            {&PassageText::words, 2.0F, 0.4F},
                            {&PassageText::body, 1.0F, 0.6F}};

/// Where a term's count saturates (k1 of BM25).
constexpr float saturation = 1.2F;
/// A term that a field has more often than this is stuffed, or a list.
constexpr std::uint16_t mostInField = 6;

}  // namespace

Index::Index(std::span<const PassageText> passages, const StopWords& stopWords, const Index* beside)
    : passages_(passages.size()) {
  TermReader reader(stopWords);
  std::vector<CountedPassage> counted;
  counted.reserve(passages.size());
  for (const PassageText& text : passages) {
    counted.push_back(count(text, reader));
    for (std::size_t field = 0; field < fieldCount; ++field)
      lengths_[field] += counted.back().length[field];
  }
  weighTerms(counted, beside);
  fillPostings(counted, beside);
}

Index::CountedPassage Index::count(const PassageText& text, TermReader& reader) {
  CountedPassage passage{};
  std::vector<std::string> terms;
  std::unordered_map<TermId, std::size_t> place;
  for (std::size_t field = 0; field < fieldCount; ++field) {
    terms.clear();
    reader.read(text.*fields[field].text, terms);
    passage.length[field] = static_cast<float>(terms.size());
    for (std::string& term : terms) {
      const auto id = static_cast<TermId>(ids_.size());
      const TermId found = ids_.try_emplace(std::move(term), id).first->second;
      const auto at = place.try_emplace(found, passage.counts.size()).first->second;
      if (at == passage.counts.size()) passage.counts.push_back({found, {}});
      auto& times = passage.counts[at].inField[field];
      if (times < mostInField) ++times;
    }
  }
  return passage;
}

std::array<float, Index::fieldCount> Index::meanLengths(const Index* beside) const {
  std::array<float, fieldCount> means{};
  const std::size_t all = passages_ + (beside ? beside->passages_ : 0);
  for (std::size_t field = 0; field < fieldCount; ++field) {
    const float sum = lengths_[field] + (beside ? beside->lengths_[field] : 0.0F);
    means[field] = all ? std::max(1.0F, sum / static_cast<float>(all)) : 1.0F;
  }
  return means;
}

void Index::weighTerms(const std::vector<CountedPassage>& passages, const Index* beside) {
  frequency_.assign(ids_.size(), 0);
  for (const CountedPassage& passage : passages)
    for (const Count& count : passage.counts) ++frequency_[count.term];
  idf_.assign(ids_.size(), 0.0F);
  const auto all = static_cast<float>(passages_ + (beside ? beside->passages_ : 0));
  for (const auto& [term, id] : ids_) {
    const auto elsewhere = beside ? beside->find(term) : std::nullopt;
    const auto having =
        static_cast<float>(frequency_[id] + (elsewhere ? beside->frequency_[*elsewhere] : 0));
    idf_[id] = std::log(1.0F + (all - having + 0.5F) / (having + 0.5F));
  }
}

void Index::fillPostings(const std::vector<CountedPassage>& passages, const Index* beside) {
  firstPosting_.assign(ids_.size() + 1, 0);
  for (std::size_t term = 0; term < ids_.size(); ++term)
    firstPosting_[term + 1] = firstPosting_[term] + frequency_[term];
  postings_.resize(firstPosting_.back());
  auto next = firstPosting_;
  const auto means = meanLengths(beside);
  for (std::uint32_t at = 0; at < passages.size(); ++at)
    for (const Count& count : passages[at].counts) {
      float weighted = 0;
      for (std::size_t field = 0; field < fieldCount; ++field) {
        const float relativeLength = passages[at].length[field] / means[field];
        weighted += fields[field].weight * static_cast<float>(count.inField[field]) /
                    (1 + fields[field].evenness * (relativeLength - 1));
      }
      postings_[next[count.term]++] = {
          at, idf_[count.term] * weighted * (saturation + 1) / (saturation + weighted)};
    }
}

std::optional<TermId> Index::find(std::string_view term) const {
  const auto found = ids_.find(term);
  return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

std::span<const Posting> Index::postings(TermId term) const {
  return std::span(postings_).subspan(firstPosting_[term],
                                      firstPosting_[term + 1] - firstPosting_[term]);
}

}  // namespace mydba::rag
