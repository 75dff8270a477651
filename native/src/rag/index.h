#pragma once

// An inverted index with BM25F scores (Robertson and Zaragoza, "The Probabilistic Relevance
// Framework: BM25 and Beyond", 2009, section 3.6): a term counts by the field that it stands in,
// lengths are made even field by field, and then it is saturated once, so that a term in title and
// text counts little more than one in the title alone.
//
// All of a score but the question's weights is known when the index is built, so a posting holds
// the finished number and a search is a sum.
//
// Stuffing a passage with a word makes it longer but, above a few, counts no more: its score falls.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rag/terms.h"

namespace mydba::rag {

/// What of a passage is searched.
struct PassageText {
  std::string_view title;
  std::string_view words;  ///< what people say who lack the term
  std::string_view body;
};

using TermId = std::uint32_t;

struct Posting {
  std::uint32_t passage;
  float score;
};

/// Immutable; may be read by several threads.
class Index {
 public:
  Index() = default;
  /// Indexes `passages`; they need not live on. With `beside`, how rare a term is and how long
  /// fields are is told from both, so that scores of the two can be compared.
  Index(std::span<const PassageText> passages, const StopWords& stopWords,
        const Index* beside = nullptr);

  std::optional<TermId> find(std::string_view term) const;
  /// The passages that have the term, in their order.
  std::span<const Posting> postings(TermId term) const;
  /// How rare a term is: near 0 for one that all passages have.
  float idf(TermId term) const { return idf_[term]; }

  std::size_t passageCount() const { return passages_; }
  std::size_t termCount() const { return idf_.size(); }

 private:
  static constexpr std::size_t fieldCount = 3;
  /// How often a passage has a term, by field.
  struct Count {
    TermId term;
    std::array<std::uint16_t, fieldCount> inField;
  };
  struct CountedPassage {
    std::array<float, fieldCount> length;
    std::vector<Count> counts;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  CountedPassage count(const PassageText& text, TermReader& reader);
  std::array<float, fieldCount> meanLengths(const Index* beside) const;
  void weighTerms(const std::vector<CountedPassage>& passages, const Index* beside);
  void fillPostings(const std::vector<CountedPassage>& passages, const Index* beside);

  std::unordered_map<std::string, TermId, Hash, std::equal_to<>> ids_;
  std::size_t passages_ = 0;
  std::array<float, fieldCount> lengths_ = {};  ///< of all passages together
  std::vector<std::uint32_t> frequency_;        ///< passages that have the term
  std::vector<float> idf_;
  std::vector<std::size_t> firstPosting_;  ///< by term, and one behind the last
  std::vector<Posting> postings_;
};

}  // namespace mydba::rag
