#include "rag/index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace mydba::rag {
namespace {

/// How much a term counts by its field, and how much the field's length is made even. Found by
/// trying, on the even lines of tests/rag/questions.tsv.
struct Field {
  std::string_view PassageText::*text;
  float weight;
  float evenness;
};
constexpr std::array<Field, fieldCount> fields = {{{&PassageText::title, 3.0F, 0.3F},
                                                   {&PassageText::words, 2.0F, 0.4F},
                                                   {&PassageText::body, 1.0F, 0.6F}}};

/// Where a term's count saturates (k1 of BM25).
constexpr float saturation = 1.2F;
/// A term that a field has more often than this is stuffed, or a list. Of what a user's folder
/// holds less is believed, and a short passage gains nothing by its shortness: it may be written to
/// be found.
constexpr std::uint16_t mostInField = 6;
constexpr std::uint16_t mostInOwnField = 2;

using Lengths = std::array<float, fieldCount>;

/// How often a passage has a term, by field.
struct Count {
  std::uint32_t passage;
  std::array<std::uint16_t, fieldCount> inField;
};

/// The terms of all passages, counted.
struct Counted {
  std::map<std::string, std::vector<Count>, std::less<>> terms;
  std::vector<Lengths> lengths;
};

Counted count(std::span<const PassageText> passages, const StopWords& stopWords,
              std::uint16_t most) {
  Counted counted;
  TermReader reader(stopWords);
  std::unordered_map<std::string, std::vector<Count>*> known;
  std::vector<std::string> terms;
  for (std::uint32_t at = 0; at < passages.size(); ++at) {
    Lengths& lengths = counted.lengths.emplace_back();
    for (std::size_t field = 0; field < fieldCount; ++field) {
      terms.clear();
      reader.read(passages[at].*fields[field].text, terms);
      lengths[field] = static_cast<float>(terms.size());
      for (const std::string& term : terms) {
        auto& counts = known[term];
        if (!counts) counts = &counted.terms[term];
        if (counts->empty() || counts->back().passage != at) counts->push_back({at, {}});
        auto& times = counts->back().inField[field];
        if (times < most) ++times;
      }
    }
  }
  return counted;
}

/// What a score is of, beside the counts.
struct Background {
  Lengths means{};
  float leastLength = 0;  ///< what a shorter field counts as, in means
};

Background backgroundOf(const IndexTables& own, const Index* beside) {
  Background both{.leastLength = beside ? 1.0F : 0.0F};
  const auto passages =
      static_cast<float>(own.passages + (beside ? beside->passageCount() : std::size_t{0}));
  for (std::size_t field = 0; field < fieldCount; ++field) {
    const float sum = own.lengths[field] + (beside ? beside->tables().lengths[field] : 0.0F);
    both.means[field] = passages > 0 ? std::max(1.0F, sum / passages) : 1.0F;
  }
  return both;
}

float scoreOf(const Count& count, const Lengths& lengths, const Background& all, float idf) {
  float weighted = 0;
  for (std::size_t field = 0; field < fieldCount; ++field) {
    const float length = std::max(lengths[field] / all.means[field], all.leastLength);
    weighted += fields[field].weight * static_cast<float>(count.inField[field]) /
                (1 + fields[field].evenness * (length - 1));
  }
  return idf * weighted * (saturation + 1) / (saturation + weighted);
}

}  // namespace

void IndexTables::add(std::string_view term, float rarity, std::span<const Posting> having) {
  letters.insert(letters.end(), term.begin(), term.end());
  termEnds.push_back(static_cast<std::uint32_t>(letters.size()));
  idf.push_back(rarity);
  postings.insert(postings.end(), having.begin(), having.end());
  postingEnds.push_back(static_cast<std::uint32_t>(postings.size()));
}

float idfOf(std::string_view term, std::size_t having, std::size_t passages, const Index* beside) {
  if (beside) {
    const auto elsewhere = beside->find(term);
    having += elsewhere ? beside->postings(*elsewhere).size() : 0;
    passages += beside->passageCount();
  }
  const auto with = static_cast<float>(having);
  return std::log(1.0F + (static_cast<float>(passages) - with + 0.5F) / (with + 0.5F));
}

Index::Index(std::span<const PassageText> passages, const StopWords& stopWords,
             const Index* beside) {
  const Counted counted = count(passages, stopWords, beside ? mostInOwnField : mostInField);
  tables_.passages = passages.size();
  tables_.lengths.assign(fieldCount, 0);
  for (const Lengths& lengths : counted.lengths)
    for (std::size_t field = 0; field < fieldCount; ++field)
      tables_.lengths[field] += lengths[field];

  const Background all = backgroundOf(tables_, beside);
  std::vector<Posting> postings;
  for (const auto& [term, counts] : counted.terms) {
    const float idf = idfOf(term, counts.size(), passages.size(), beside);
    postings.clear();
    for (const Count& one : counts)
      postings.push_back({one.passage, scoreOf(one, counted.lengths[one.passage], all, idf)});
    tables_.add(term, idf, postings);
  }
}

std::string_view Index::term(TermId term) const {
  const std::size_t start = term == 0 ? 0 : tables_.termEnds[term - 1];
  return std::string_view(tables_.letters.data(), tables_.letters.size())
      .substr(start, tables_.termEnds[term] - start);
}

std::optional<TermId> Index::find(std::string_view wanted) const {
  std::uint32_t low = 0;
  auto high = static_cast<std::uint32_t>(termCount());
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (term(middle) < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return low < termCount() && term(low) == wanted ? std::optional(low) : std::nullopt;
}

std::span<const Posting> Index::postings(TermId term) const {
  const std::size_t start = term == 0 ? 0 : tables_.postingEnds[term - 1];
  return std::span(tables_.postings).subspan(start, tables_.postingEnds[term] - start);
}

}  // namespace mydba::rag
