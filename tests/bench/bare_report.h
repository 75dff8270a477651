#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>

/// What a bare loop has seen; every cell is looked at, so that nothing is optimised away.
class BareReport {
 public:
  void cell(const char* text, std::size_t size) {
    bytes_ += size;
    if (size > 0) check_ += static_cast<unsigned char>(text[size - 1]);
  }
  void row() {
    if (rows_++ == 0) firstRowMs_ = elapsed();
  }
  /// One line of JSON, as the other drivers of this folder print.
  void print() const {
    std::printf("{\"rows\":%llu,\"bytes\":%llu,\"firstRowMs\":%.3f,\"ms\":%.3f,\"check\":%llu}\n",
                static_cast<unsigned long long>(rows_), static_cast<unsigned long long>(bytes_),
                firstRowMs_, elapsed(), static_cast<unsigned long long>(check_));
  }

 private:
  using Clock = std::chrono::steady_clock;
  double elapsed() const {
    return std::chrono::duration<double, std::milli>(Clock::now() - start_).count();
  }

  const Clock::time_point start_ = Clock::now();
  std::uint64_t rows_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t check_ = 0;
  double firstRowMs_ = 0;
};
