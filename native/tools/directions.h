#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mydba::tools {

/// Rows of numbers, one behind the other.
struct Matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;

  Matrix(std::size_t rowCount, std::size_t columnCount)
      : rows(rowCount), columns(columnCount), values(rowCount * columnCount) {}
  double* row(std::size_t at) { return &values[at * columns]; }
  const double* row(std::size_t at) const { return &values[at * columns]; }
};

/// What is not 0 in a row of a sparse matrix.
struct Entry {
  std::uint32_t column;
  double value;
};
using SparseMatrix = std::vector<std::vector<Entry>>;

/// An orthonormal basis of the `count` directions in which the rows of `matrix` reach furthest, as
/// the columns of a matrix with `columns` rows: the first right singular vectors, turned among
/// themselves, which changes no product of two vectors. By subspace iteration (Halko, Martinsson
/// and Tropp, "Finding Structure with Randomness", 2011, section 4.5) from a fixed start, in a
/// fixed order, so that every build has the same result.
Matrix mainDirections(const SparseMatrix& matrix, std::size_t columns, std::size_t count);

}  // namespace mydba::tools
