// make_rag_tables FILE: writes the tables of rag/tables.h as C++. Run by CMake when the program is
// built; it links the documents as the program does, so rows fit passages and terms.

#include <cmath>
#include <cstdio>
#include <memory>

#include "base/embedded.h"
#include "directions.h"
#include "rag/pairs.h"
#include "rag/passages.h"
#include "rag/tables.h"

namespace {

using namespace mydba;

/// A passage for each row, a term for each column, all rows of length 1.
tools::SparseMatrix termsOfPassages(const rag::Index& index) {
  tools::SparseMatrix matrix(index.passageCount());
  for (rag::TermId term = 0; term < index.termCount(); ++term)
    for (const auto& [passage, score] : index.postings(term))
      matrix[passage].push_back({term, static_cast<double>(score)});
  for (auto& row : matrix) {
    double square = 0;
    for (const auto& entry : row) square += entry.value * entry.value;
    for (auto& entry : row) entry.value /= std::sqrt(square);
  }
  return matrix;
}

rag::Vector scaled(const double* values, double factor) {
  rag::Vector vector{};
  for (std::size_t i = 0; i < rag::dimensions; ++i)
    vector[i] = static_cast<float>(values[i] * factor);
  return vector;
}

rag::VectorTables vectorsOf(const rag::Index& index) {
  const auto matrix = termsOfPassages(index);
  const auto directions = tools::mainDirections(matrix, index.termCount(), rag::dimensions);
  rag::VectorTables vectors;
  for (rag::TermId term = 0; term < index.termCount(); ++term)
    vectors.terms.add(scaled(directions.row(term), static_cast<double>(index.idf(term))));
  for (const auto& row : matrix) {
    std::vector<double> sum(rag::dimensions);
    for (const auto& [term, value] : row)
      for (std::size_t i = 0; i < rag::dimensions; ++i) sum[i] += value * directions.row(term)[i];
    double square = 0;
    for (const double value : sum) square += value * value;
    vectors.passages.add(scaled(sum.data(), square > 0 ? 1 / std::sqrt(square) : 0));
  }
  return vectors;
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto passages = rag::passagesOf(rag::documents());
  const rag::StopWords stopWords(embeddedFile("native/src/rag/data/stop_words.txt"));
  const auto texts = rag::searchedTexts(passages);
  const rag::Index index(texts, stopWords);
  const auto pairs = rag::pairIndex(texts, stopWords);
  const auto words = rag::packTables({index.tables(), pairs.tables(), vectorsOf(index)});

  const std::unique_ptr<std::FILE, Close> out(std::fopen(argv[1], "we"));
  if (!out) return 1;
  std::fputs("#include \"rag/tables.h\"\n\nnamespace mydba::rag {\nnamespace {\n", out.get());
  std::fputs("constexpr std::uint64_t words[] = {", out.get());
  for (std::size_t at = 0; at < words.size(); ++at)
    std::fprintf(out.get(), "%s0x%llx,", at % 8 ? "" : "\n",
                 static_cast<unsigned long long>(words[at]));
  std::fputs(
      "};\n}  // namespace\n\n"
      "std::span<const std::uint64_t> compiledTables() { return words; }\n\n"
      "}  // namespace mydba::rag\n",
      out.get());
  return std::fflush(out.get()) == 0 ? 0 : 1;
}
