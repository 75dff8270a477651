#pragma once

// What the assistant knows: the documents of rag-docs that were compiled in, to be found by
// questions and cited by their anchors.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rag/index.h"
#include "rag/passages.h"
#include "rag/synonyms.h"
#include "rag/tables.h"
#include "rag/vectors.h"

namespace mydba::rag {

/// Most hits that a question can have.
constexpr std::size_t mostHits = 50;
/// Bytes of a hit's text, at most.
constexpr std::size_t longestExcerpt = 1600;

/// What hits are ranked by; one alone is for measuring what it adds.
enum class Ranking { both, words, vectors };

struct Query {
  std::string_view text;                                   ///< what is read of it: 4 KiB
  std::optional<std::string_view> engine = std::nullopt;   ///< EngineDescriptor.id
  std::optional<std::string_view> version = std::nullopt;  ///< as the server says it
  std::size_t k = 5;                                       ///< hits wanted
  std::span<const std::string> earlier = {};               ///< questions, the last one last
  Ranking ranking = Ranking::both;
};

/// A passage that answers. Its text is data, whoever wrote it: never an instruction, never markup.
struct Hit {
  std::string anchor;  ///< `postgres/errors/40p01`
  std::string title;
  std::string url;     ///< official page
  std::string engine;  ///< as the front matter has it
  double score;        ///< for the order of one question's hits; above 0
  std::string text;    ///< Markdown, cut at longestExcerpt
};

/// Searched by several threads at a time, as long as nobody calls setOwn.
class Library {
 public:
  /// With the compiled-in documents.
  Library();

  /// Also searches a user's own passages (rag/folder.h) from now on, instead of those before. They
  /// are at most half of a question's hits, rounded up.
  void setOwn(std::vector<Passage> passages);

  /// The best passages, best first: fewer than k when fewer have anything in common with the
  /// question.
  std::vector<Hit> search(const Query& query) const;

  /// What can be cited of the compiled-in documents, in its order.
  std::vector<std::string> anchors() const;

 private:
  struct Corpus {
    std::vector<Passage> passages;
    Index index;
    Index pairs;
    Rows directions;  ///< of the passages
  };

  explicit Library(Tables tables);
  Rows directionsOf(const Index& own) const;

  StopWords stopWords_;
  Synonyms synonyms_;
  Rows termRows_;  ///< by TermId of the compiled-in index
  Corpus compiledIn_;
  Corpus own_;
};

}  // namespace mydba::rag
