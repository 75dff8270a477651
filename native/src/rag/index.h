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
#include <vector>

#include "rag/terms.h"

namespace mydba::rag {

/// What of a passage is searched.
struct PassageText {
  std::string_view title;
  std::string_view words;  ///< what people say who lack the term
  std::string_view body;
};
constexpr std::size_t fieldCount = 3;

/// Place of a term in the order of their bytes.
using TermId = std::uint32_t;

struct Posting {
  std::uint32_t passage;
  float score;

  bool operator==(const Posting&) const = default;
};

/// All that an index is, so that it can be compiled in (rag/tables.h).
struct IndexTables {
  std::vector<char> letters;               ///< of all terms, one behind the other
  std::vector<std::uint32_t> termEnds;     ///< in `letters`, by TermId
  std::vector<float> idf;                  ///< by TermId
  std::vector<std::uint32_t> postingEnds;  ///< in `postings`, by TermId
  std::vector<Posting> postings;
  std::vector<float> lengths;  ///< terms of a field in all passages together
  std::uint64_t passages = 0;

  /// Adds a term that comes after all those before it.
  void add(std::string_view term, float rarity, std::span<const Posting> having);
  bool operator==(const IndexTables&) const = default;
};

/// Immutable; may be read by several threads.
class Index {
 public:
  explicit Index(IndexTables tables) : tables_(std::move(tables)) {}
  /// Indexes `passages`; they need not live on. With `beside` they are a user's own: how rare a
  /// term is and how long fields are is told from both, so that scores of the two can be compared,
  /// and repeating words helps them less.
  Index(std::span<const PassageText> passages, const StopWords& stopWords,
        const Index* beside = nullptr);

  std::optional<TermId> find(std::string_view term) const;
  /// The passages that have the term, in their order.
  std::span<const Posting> postings(TermId term) const;
  /// How rare a term is: near 0 for one that all passages have.
  float idf(TermId term) const { return tables_.idf[term]; }
  std::string_view term(TermId term) const;

  std::size_t passageCount() const { return tables_.passages; }
  std::size_t termCount() const { return tables_.termEnds.size(); }
  const IndexTables& tables() const { return tables_; }

 private:
  IndexTables tables_;
};

/// How rare a term is that `having` of `passages` have (the idf of BM25), those of `beside` counted
/// too.
float idfOf(std::string_view term, std::size_t having, std::size_t passages, const Index* beside);

}  // namespace mydba::rag
