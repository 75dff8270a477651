#include "rag/tables.h"

#include "base/embedded.h"
#include "native/catch.h"
#include "rag/pairs.h"
#include "rag/passages.h"

namespace mydba::rag {

TEST_CASE("the compiled-in index is that of the compiled-in documents", "[rag]") {
  const auto passages = passagesOf(documents());
  const StopWords stopWords(embeddedFile("native/src/rag/data/stop_words.txt"));
  const auto texts = searchedTexts(passages);
  const Index fresh(texts, stopWords);
  const Tables compiled = unpackTables(compiledTables());
  CHECK(compiled.index == fresh.tables());
  CHECK(compiled.pairs == pairIndex(texts, stopWords).tables());
  CHECK(compiled.vectors.passages.scales.size() == passages.size());
  CHECK(compiled.vectors.passages.numbers.size() == passages.size() * dimensions);
  CHECK(compiled.vectors.terms.numbers.size() == fresh.termCount() * dimensions);
}

TEST_CASE("tables survive being words", "[rag]") {
  Tables tables;
  tables.index.letters = {'a', 'b', 'c'};
  tables.index.termEnds = {1, 3};
  tables.index.postings = {{7, 0.5F}, {8, 1.5F}, {9, 2.5F}};
  tables.index.passages = 10;
  tables.pairs.add("a b", 0.5F, tables.index.postings);
  tables.vectors.terms.add(Vector{1, -2});
  const Tables again = unpackTables(packTables(tables));
  CHECK(again.index == tables.index);
  CHECK(again.pairs == tables.pairs);
  CHECK(again.vectors.terms == tables.vectors.terms);
  CHECK(again.vectors.passages.scales.empty());
}

TEST_CASE("near directions are near, also as whole numbers", "[rag]") {
  Rows rows;
  rows.add(Vector{0.6F, 0.8F});
  rows.add(Vector{0.8F, -0.6F});
  rows.add(Vector{});
  const auto near = similarities(Vector{0.6F, 0.8F}, rows);
  CHECK(near[0] == Approx(1).margin(0.01));
  CHECK(near[1] == Approx(0).margin(0.01));
  CHECK(near[2] == 0);
}

}  // namespace mydba::rag
