#include "rag/library.h"

#include <algorithm>
#include <cassert>

#include "base/embedded.h"
#include "base/utf8.h"
#include "rag/question.h"

namespace mydba::rag {
namespace {

/// What is left of the score of a document about another version of the same engine: it may say
/// why something is missing here.
constexpr float otherVersionFactor = 0.6F;

/// How much a direction counts beside the words: that of the best match is 1. Found by trying, on
/// the even lines of tests/rag/questions.tsv.
constexpr float vectorWeight = 0.3F;

/// The start of a text, cut at a word.
std::string excerpt(std::string_view text) {
  if (text.size() <= longestExcerpt) return std::string(text);
  constexpr std::string_view more = "…";
  std::string_view start = utf8Prefix(text, longestExcerpt - more.size());
  if (const auto space = start.find_last_of(" \n"); space != std::string_view::npos)
    start = start.substr(0, space);
  return std::string(start) + std::string(more);
}

float factorOf(Fit fit) {
  switch (fit) {
    case Fit::right: return 1;
    case Fit::otherVersion: return otherVersionFactor;
    case Fit::otherEngine: return 0;
  }
  return 0;
}

}  // namespace

Library::Library() : Library(unpackTables(compiledTables())) {}

Library::Library(Tables tables)
    : stopWords_(embeddedFile("native/src/rag/data/stop_words.txt")),
      synonyms_(embeddedFile("native/src/rag/data/synonyms.txt"), stopWords_),
      passages_(passagesOf(documents())),
      index_(std::move(tables.index)),
      vectors_(std::move(tables.vectors)) {
  assert(passages_.size() == index_.passageCount());
}

std::vector<float> Library::scores(const Query& query) const {
  std::vector<float> scores(passages_.size(), 0);
  const auto terms = questionTerms(query.text, query.earlier, index_, synonyms_, stopWords_);
  if (terms.empty()) return scores;
  if (query.ranking != Ranking::vectors) {
    for (const auto& [term, weight] : terms)
      for (const Posting& posting : index_.postings(term))
        scores[posting.passage] += weight * posting.score;
    const float best = *std::ranges::max_element(scores);
    for (float& score : scores) score /= best;
  }
  if (query.ranking != Ranking::words) {
    const auto near = similarities(directionOf(terms, vectors_.terms), vectors_.passages);
    for (std::size_t at = 0; at < scores.size(); ++at) scores[at] += vectorWeight * near[at];
  }
  return scores;
}

std::vector<Hit> Library::search(const Query& query) const {
  const auto scores = this->scores(query);
  struct Ranked {
    float score;
    std::uint32_t passage;
  };
  std::vector<Ranked> ranked;
  const auto version = query.version ? parseVersion(*query.version) : std::nullopt;
  for (std::uint32_t at = 0; at < scores.size(); ++at) {
    if (scores[at] <= 0) continue;
    const float score = scores[at] * factorOf(fitOf(passages_[at].scope, query.engine, version));
    if (score > 0) ranked.push_back({score, at});
  }
  const std::size_t count = std::min({query.k, mostHits, ranked.size()});
  std::ranges::partial_sort(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(count),
                            [](const Ranked& a, const Ranked& b) {
                              return a.score != b.score ? a.score > b.score : a.passage < b.passage;
                            });
  std::vector<Hit> hits;
  for (const auto& [score, at] : std::span(ranked).first(count)) {
    const Passage& passage = passages_[at];
    hits.push_back({.anchor = passage.anchor,
                    .title = passage.title,
                    .url = passage.url,
                    .engine = passage.engine,
                    .score = score,
                    .text = excerpt(passage.text)});
  }
  return hits;
}

std::vector<std::string> Library::anchors() const {
  std::vector<std::string> all;
  for (const Passage& passage : passages_) all.push_back(passage.anchor);
  return all;
}

}  // namespace mydba::rag
