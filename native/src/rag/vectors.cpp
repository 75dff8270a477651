#include "rag/vectors.h"

#include <algorithm>
#include <cmath>

namespace mydba::rag {

void Rows::add(const Vector& vector) {
  float largest = 0;
  for (const float value : vector) largest = std::max(largest, std::abs(value));
  const float factor = largest > 0 ? 127 / largest : 0;
  for (const float value : vector)
    numbers.push_back(static_cast<std::int8_t>(std::lround(value * factor)));
  scales.push_back(largest / 127);
}

Vector directionOf(std::span<const QuestionTerm> terms, const Rows& termRows) {
  Vector sum{};
  for (const auto& [term, weight] : terms) {
    const std::int8_t* row = &termRows.numbers[term * dimensions];
    const float scale = weight * termRows.scales[term];
    for (std::size_t i = 0; i < dimensions; ++i) sum[i] += scale * static_cast<float>(row[i]);
  }
  float square = 0;
  for (const float value : sum) square += value * value;
  const float length = std::sqrt(square);
  if (length > 0)
    for (float& value : sum) value /= length;
  return sum;
}

std::vector<float> similarities(const Vector& direction, const Rows& rows) {
  Rows asked;
  asked.add(direction);
  std::vector<float> near(rows.scales.size());
  for (std::size_t at = 0; at < near.size(); ++at) {
    const std::int8_t* row = &rows.numbers[at * dimensions];
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < dimensions; ++i)
      sum += std::int32_t{asked.numbers[i]} * std::int32_t{row[i]};
    near[at] = static_cast<float>(sum) * asked.scales[0] * rows.scales[at];
  }
  return near;
}

}  // namespace mydba::rag
