#pragma once

// Index and vectors of the compiled-in documents, made when the program is built, so that nothing
// is stemmed and sorted when it starts. They travel as 64-bit words in a generated C++ file:
// for each table its number of elements, then their bytes, filled up to a whole word.

#include <cstdint>
#include <span>
#include <vector>

#include "rag/index.h"
#include "rag/vectors.h"

namespace mydba::rag {

struct Tables {
  IndexTables index;
  IndexTables pairs;  ///< of rag/pairs.h
  VectorTables vectors;
};

std::vector<std::uint64_t> packTables(const Tables& tables);
/// Of what packTables gave, on a machine of the same byte order.
Tables unpackTables(std::span<const std::uint64_t> words);

/// What was compiled in; in the generated file.
std::span<const std::uint64_t> compiledTables();

}  // namespace mydba::rag
