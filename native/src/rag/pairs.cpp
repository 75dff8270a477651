#include "rag/pairs.h"

#include <algorithm>
#include <map>

namespace mydba::rag {
namespace {

/// How many places further the second term may stand. Neighbours alone find fewer documents, three
/// places find no more.
constexpr std::size_t furthest = 2;

/// The passages of each pair, in their order.
using Having = std::map<std::string, std::vector<std::uint32_t>, std::less<>>;

void addPairs(std::string_view phrase, std::uint32_t passage, TermReader& reader, Having& having) {
  std::vector<std::string> terms;
  reader.read(phrase, terms);
  for (const std::string& pair : pairsOf(terms)) {
    auto& passages = having[pair];
    if (passages.empty() || passages.back() != passage) passages.push_back(passage);
  }
}

}  // namespace

std::vector<std::string> pairsOf(std::span<const std::string> terms) {
  std::vector<std::string> pairs;
  for (std::size_t at = 0; at < terms.size(); ++at)
    for (std::size_t next = at + 1; next < std::min(terms.size(), at + furthest + 1); ++next) {
      const auto& [first, second] = std::minmax(terms[at], terms[next]);
      pairs.push_back(first + " " + second);
    }
  return pairs;
}

Index pairIndex(std::span<const PassageText> passages, const StopWords& stopWords,
                const Index* beside) {
  Having having;
  TermReader reader(stopWords);
  for (std::uint32_t at = 0; at < passages.size(); ++at) {
    addPairs(passages[at].title, at, reader, having);
    std::string_view words = passages[at].words;
    while (!words.empty()) {
      const auto end = std::min(words.find(';'), words.size());
      addPairs(words.substr(0, end), at, reader, having);
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }
  IndexTables tables;
  tables.passages = passages.size();
  for (const auto& [pair, found] : having) {
    const float idf = idfOf(pair, found.size(), passages.size(), beside);
    std::vector<Posting> postings;
    for (const std::uint32_t passage : found) postings.push_back({passage, idf});
    tables.add(pair, idf, postings);
  }
  return Index(std::move(tables));
}

}  // namespace mydba::rag
