#include "rag/library.h"

#include <algorithm>
#include <cassert>

#include "base/embedded.h"
#include "base/utf8.h"
#include "rag/pairs.h"
#include "rag/question.h"

namespace mydba::rag {
namespace {

/// What is left of the score of a document about another version of the same engine: it may say
/// why something is missing here.
constexpr float otherVersionFactor = 0.6F;
/// What is left of the score of a document about all engines when the question is about one, and of
/// a document about one when the question names none: both may be right, the other is so more
/// often. Found by trying, on the even lines of tests/rag/questions.tsv.
constexpr float allEnginesFactor = 0.87F;
constexpr float unaskedEngineFactor = 0.83F;

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

/// What a document's score is multiplied by for the engine and the version that it is about. A
/// user's own say nothing about them.
float factorOf(const Passage& passage, bool own, std::optional<std::string_view> engine,
               const std::optional<Version>& version) {
  const bool general = passage.scope.empty();
  const float factor = own || general != engine.has_value() ? 1
                       : general                            ? allEnginesFactor
                                                            : unaskedEngineFactor;
  switch (fitOf(passage.scope, engine, version)) {
    case Fit::right: return factor;
    case Fit::otherVersion: return factor * otherVersionFactor;
    case Fit::otherEngine: return 0;
  }
  return 0;
}

using Scores = std::vector<float>;

/// Adds what the terms of an index count for its passages.
void addScores(const Index& index, std::span<const QuestionTerm> terms, Scores& scores) {
  for (const auto& [term, weight] : terms)
    for (const Posting& posting : index.postings(term))
      scores[posting.passage] += weight * posting.score;
}

/// A passage on its way to a hit.
struct Candidate {
  const Passage* passage;
  float words;
  float near;
  float factor;       ///< for engine and version
  bool own;           ///< a user's
  std::size_t place;  ///< for the order of equal ones
  float score = 0;
};

Hit hitOf(const Candidate& candidate) {
  const Passage& passage = *candidate.passage;
  return {.anchor = passage.anchor,
          .title = passage.title,
          .url = passage.url,
          .engine = passage.engine,
          .score = static_cast<double>(candidate.score),
          .text = excerpt(passage.text)};
}

std::vector<Hit> bestOf(std::vector<Candidate> candidates, std::size_t count) {
  std::erase_if(candidates, [](const Candidate& candidate) { return candidate.score <= 0; });
  const std::size_t looked = std::min(candidates.size(), 2 * count);
  std::ranges::partial_sort(candidates, candidates.begin() + static_cast<std::ptrdiff_t>(looked),
                            [](const Candidate& a, const Candidate& b) {
                              return a.score != b.score ? a.score > b.score : a.place < b.place;
                            });
  candidates.resize(looked);
  std::vector<Hit> hits;
  std::size_t mostOwn = (count + 1) / 2;
  for (const Candidate& candidate : candidates) {
    if (hits.size() == count) break;
    if (candidate.own && mostOwn == 0) continue;
    if (candidate.own) --mostOwn;
    hits.push_back(hitOf(candidate));
  }
  return hits;
}

}  // namespace

Library::Library() : Library(unpackTables(compiledTables())) {}

Library::Library(Tables tables)
    : stopWords_(embeddedFile("native/src/rag/data/stop_words.txt")),
      synonyms_(embeddedFile("native/src/rag/data/synonyms.txt"), stopWords_),
      termRows_(std::move(tables.vectors.terms)),
      compiledIn_{.passages = passagesOf(documents()),
                  .index = Index(std::move(tables.index)),
                  .pairs = Index(std::move(tables.pairs)),
                  .directions = std::move(tables.vectors.passages)},
      own_{.passages = {},
           .index = Index(IndexTables()),
           .pairs = Index(IndexTables()),
           .directions = {}} {
  assert(compiledIn_.passages.size() == compiledIn_.index.passageCount());
}

/// The directions of passages that were not there when the vectors were computed, by the terms that
/// they share with those that were.
Rows Library::directionsOf(const Index& own) const {
  std::vector<std::vector<QuestionTerm>> terms(own.passageCount());
  for (TermId term = 0; term < own.termCount(); ++term)
    if (const auto known = compiledIn_.index.find(own.term(term)))
      for (const auto& [passage, score] : own.postings(term))
        terms[passage].push_back({*known, score / own.idf(term)});
  Rows rows;
  for (const auto& passage : terms) rows.add(directionOf(passage, termRows_));
  return rows;
}

void Library::setOwn(std::vector<Passage> passages) {
  const auto texts = searchedTexts(passages);
  Index index(texts, stopWords_, &compiledIn_.index);
  Index pairs = pairIndex(texts, stopWords_, &compiledIn_.pairs);
  Rows directions = directionsOf(index);
  own_ = {std::move(passages), std::move(index), std::move(pairs), std::move(directions)};
}

std::vector<Hit> Library::search(const Query& query) const {
  std::vector<Candidate> candidates;
  const auto version = query.version ? parseVersion(*query.version) : std::nullopt;
  const Asked asked = readQuestion(query.text, query.earlier, synonyms_, stopWords_);
  Vector direction{};
  float bestWords = 0;
  for (const Corpus* corpus : {&compiledIn_, &own_}) {
    if (corpus->passages.empty()) continue;
    const auto terms = questionTerms(asked, corpus->index);
    if (corpus == &compiledIn_ && query.ranking != Ranking::words)
      direction = directionOf(terms, termRows_);
    Scores words(corpus->passages.size(), 0);
    addScores(corpus->index, terms, words);
    addScores(corpus->pairs, questionPairs(asked, corpus->pairs), words);
    const auto near = query.ranking == Ranking::words ? Scores(words.size(), 0)
                                                      : similarities(direction, corpus->directions);
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (words[at] <= 0 && near[at] <= 0) continue;
      const Passage& passage = corpus->passages[at];
      const float factor = factorOf(passage, corpus == &own_, query.engine, version);
      if (factor == 0) continue;
      bestWords = std::max(bestWords, words[at]);
      candidates.push_back(
          {&passage, words[at], near[at], factor, corpus == &own_, candidates.size()});
    }
  }
  const float wordFactor = bestWords > 0 && query.ranking != Ranking::vectors ? 1 / bestWords : 0;
  for (Candidate& candidate : candidates)
    candidate.score = candidate.factor * (candidate.words * wordFactor +
                                          vectorWeight * std::max(0.0F, candidate.near));
  return bestOf(std::move(candidates), std::min(query.k, mostHits));
}

std::vector<std::string> Library::anchors() const {
  std::vector<std::string> all;
  for (const Passage& passage : compiledIn_.passages) all.push_back(passage.anchor);
  return all;
}

}  // namespace mydba::rag
