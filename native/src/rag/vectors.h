#pragma once

// What words have to do with each other, learnt from the documents alone: latent semantic analysis
// (Deerwester et al., "Indexing by Latent Semantic Analysis", 1990). Terms that stand in the same
// documents get vectors of about the same direction, so that a question finds a document that
// shares no word with it.
//
// native/tools/make_rag_tables.cpp computes the vectors when the program is built, of the index
// that it compiles in (rag/tables.h). Nothing is downloaded, then or later.
//
// A row is whole numbers and one scale: an eighth of the memory of doubles, and products that are
// the same whatever the compiler does.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "rag/question.h"

namespace mydba::rag {

/// Directions that are kept.
constexpr std::size_t dimensions = 192;
using Vector = std::array<float, dimensions>;

/// Vectors one behind the other, each with what its numbers are multiplied by.
struct Rows {
  std::vector<std::int8_t> numbers;
  std::vector<float> scales;

  void add(const Vector& vector);
  bool operator==(const Rows&) const = default;
};

struct VectorTables {
  Rows terms;     ///< by TermId, as long as the term is rare
  Rows passages;  ///< of length 1
};

/// The direction of a text of such terms, of length 1; all 0 when it has none.
Vector directionOf(std::span<const QuestionTerm> terms, const Rows& termRows);

/// How near a direction is to each row, from -1 to 1 where rows have length 1.
std::vector<float> similarities(const Vector& direction, const Rows& rows);

}  // namespace mydba::rag
