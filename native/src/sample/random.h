#pragma once

#include <cstdint>

namespace mydba::sample {

/// A small generator whose numbers are the same on every machine and with every library, which the
/// distributions of the standard library are not (SplitMix64, Steele and others 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  /// 0 to count - 1, each as likely; `count` is below 2^32.
  std::int64_t below(std::int64_t count) {
    return static_cast<std::int64_t>(((next() >> 32U) * static_cast<std::uint64_t>(count)) >> 32U);
  }
  /// 0 to count - 1, small numbers much likelier: the first tenth gets half of all.
  std::int64_t skewed(std::int64_t count) {
    // Only products of exact fractions: the same bits everywhere.
    const double part = static_cast<double>(next() >> 11U) * 0x1p-53;
    return static_cast<std::int64_t>(part * part * part * static_cast<double>(count));
  }
  bool chance(int percent) { return below(100) < percent; }

  template <typename List>
  const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(list.size())))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace mydba::sample
