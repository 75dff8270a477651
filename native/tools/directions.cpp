#include "directions.h"

#include <cmath>
#include <random>

namespace mydba::tools {
namespace {

/// More change nothing that a search would notice.
constexpr int iterations = 12;

/// All products of two rows.
Matrix products(const SparseMatrix& matrix, std::size_t columns) {
  std::vector<std::vector<Entry>> byColumn(columns);
  for (std::uint32_t row = 0; row < matrix.size(); ++row)
    for (const auto& [column, value] : matrix[row]) byColumn[column].push_back({row, value});
  Matrix all(matrix.size(), matrix.size());
  for (const auto& entries : byColumn)
    for (const auto& a : entries)
      for (const auto& b : entries) all.row(a.column)[b.column] += a.value * b.value;
  return all;
}

Matrix product(const Matrix& a, const Matrix& b) {
  Matrix result(a.rows, b.columns);
  for (std::size_t row = 0; row < a.rows; ++row)
    for (std::size_t inner = 0; inner < a.columns; ++inner) {
      const double factor = a.row(row)[inner];
      if (factor == 0) continue;
      for (std::size_t column = 0; column < b.columns; ++column)
        result.row(row)[column] += factor * b.row(inner)[column];
    }
  return result;
}

Matrix transposed(const Matrix& matrix) {
  Matrix result(matrix.columns, matrix.rows);
  for (std::size_t row = 0; row < matrix.rows; ++row)
    for (std::size_t column = 0; column < matrix.columns; ++column)
      result.row(column)[row] = matrix.row(row)[column];
  return result;
}

double product(const double* a, const double* b, std::size_t size) {
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

/// Makes the rows orthonormal (Gram-Schmidt, twice, for what the first time leaves of rounding).
/// One that hangs on the others becomes 0.
void orthonormalise(Matrix& matrix) {
  for (std::size_t at = 0; at < matrix.rows; ++at) {
    double* row = matrix.row(at);
    const double before = std::sqrt(product(row, row, matrix.columns));
    for (int time = 0; time < 2; ++time)
      for (std::size_t other = 0; other < at; ++other) {
        const double share = product(row, matrix.row(other), matrix.columns);
        for (std::size_t i = 0; i < matrix.columns; ++i) row[i] -= share * matrix.row(other)[i];
      }
    const double length = std::sqrt(product(row, row, matrix.columns));
    const double factor = length > 1e-9 * before ? 1 / length : 0;
    for (std::size_t i = 0; i < matrix.columns; ++i) row[i] *= factor;
  }
}

}  // namespace

Matrix mainDirections(const SparseMatrix& matrix, std::size_t columns, std::size_t count) {
  // The engine's numbers are the standard's, those of its distributions are not.
  std::mt19937 random(20110501);
  Matrix basis(count, matrix.size());
  for (double& value : basis.values) value = static_cast<double>(random()) / 4294967296.0 - 0.5;
  const Matrix all = products(matrix, columns);
  for (int iteration = 0; iteration < iterations; ++iteration) {
    orthonormalise(basis);
    basis = product(basis, all);
  }
  orthonormalise(basis);

  Matrix directions(count, columns);
  for (std::size_t at = 0; at < count; ++at)
    for (std::size_t row = 0; row < matrix.size(); ++row)
      for (const auto& [column, value] : matrix[row])
        directions.row(at)[column] += basis.row(at)[row] * value;
  orthonormalise(directions);
  return transposed(directions);
}

}  // namespace mydba::tools
