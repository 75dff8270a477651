#pragma once

// What a judgement of SQL text costs, as lines of JSON: microseconds of one core per kilobyte, for
// texts of 1 KB to 10 MB, so that a cost that does not grow with the text alone is seen: for a
// script of many statements and for a single one of each shape that grows.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "cpu_time.h"
#include "sql/dialect.h"
#include "sql_shapes.h"

namespace mydba::bench {

/// Median of the calls of about a twentieth of a second, of at least `rounds`; microseconds.
template <typename Judge>
double medianMicros(const Judge& judge, const std::string& text, const sql::Dialect& dialect,
                    int rounds) {
  std::vector<double> times;
  double total = 0;
  while (static_cast<int>(times.size()) < rounds || total < 50'000) {
    const double start = cpuSeconds();
    judge(text, dialect);
    times.push_back((cpuSeconds() - start) * 1e6);
    total += times.back();
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

/// The main program: its argument is the number of rounds. What `judge` finds out must be used, so
/// that a compiler does not leave it out.
template <typename Judge>
void printShapeCosts(int argc, char** argv, const Judge& judge) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
  for (const char* dialect : {"postgres", "mysql", "sqlite"})
    for (const Shape& shape : shapes())
      for (std::size_t size = kilobyte; size <= 10'000 * kilobyte; size *= 10) {
        const std::string text = shape.text(size);
        const double time = medianMicros(judge, text, *sql::findDialect(dialect), rounds);
        std::printf("{\"dialect\":\"%s\",\"shape\":\"%s\",\"bytes\":%zu,\"microsPerKb\":%.2f}\n",
                    dialect, shape.name, text.size(),
                    time * kilobyte / static_cast<double>(text.size()));
      }
}

}  // namespace mydba::bench
