#pragma once

// What a result consists of, in a few bytes, so that two results of any size can be compared while
// they stream by.
//
// A row is hashed with SHA-256 over its cells, each with its length in front, NULL told from empty.
// For results whose order means nothing the first 128 bits of the hashes are added modulo 2^128:
// the sum does not depend on the order, and counts a row as often as it comes, which EXCEPT would
// not. For those with an ORDER BY each hash also goes into a chain. Two different results get the
// same digest by accident once in 2^128; somebody who knows the construction could make such rows
// on purpose, and would gain that a rewritten query is called equal on his own data.

#include <array>
#include <cstdint>
#include <span>

#include "engines/engine.h"

namespace mydba::optimize {

class RowDigest {
 public:
  void add(std::span<const Cell> cells);

  std::int64_t rows() const { return rows_; }
  /// The same rows as often, in any order.
  bool sameRows(const RowDigest& other) const { return rows_ == other.rows_ && sum_ == other.sum_; }
  /// The same rows in the same order.
  bool sameOrder(const RowDigest& other) const { return sameRows(other) && chain_ == other.chain_; }

 private:
  using Hash = std::array<unsigned char, 32>;

  std::int64_t rows_ = 0;
  std::array<std::uint64_t, 2> sum_{};  ///< low half first
  Hash chain_{};
};

}  // namespace mydba::optimize
