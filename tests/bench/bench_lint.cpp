// bench_lint [ROUNDS]: what all rules for SQL text cost, as lines of JSON: microseconds of one core
// per kilobyte, for texts of 1 KB to 10 MB. It has no peer here: npm and Debian have no linter of
// SQL that reads statements.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "advise/sql/lint.h"
#include "cpu_time.h"
#include "sql_shapes.h"

namespace {

using namespace mydba::bench;

double microsecondsOf(const std::string& text, const mydba::sql::Dialect& dialect,
                      std::size_t& sum) {
  const double start = cpuSeconds();
  sum += mydba::advise::lint(text, dialect).size();
  return (cpuSeconds() - start) * 1e6;
}

/// Median of the calls of about a twentieth of a second, of at least `rounds`.
double median(const std::string& text, const mydba::sql::Dialect& dialect, int rounds,
              std::size_t& sum) {
  std::vector<double> times;
  double total = 0;
  while (static_cast<int>(times.size()) < rounds || total < 50'000) {
    times.push_back(microsecondsOf(text, dialect, sum));
    total += times.back();
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
  std::size_t sum = 0;
  for (const char* dialect : {"postgres", "mysql", "sqlite"})
    for (const Shape& shape : shapes())
      for (std::size_t size = kilobyte; size <= 10'000 * kilobyte; size *= 10) {
        const std::string text = shape.text(size);
        const double time = median(text, *mydba::sql::findDialect(dialect), rounds, sum);
        std::printf("{\"dialect\":\"%s\",\"shape\":\"%s\",\"bytes\":%zu,\"microsPerKb\":%.2f}\n",
                    dialect, shape.name, text.size(),
                    time * kilobyte / static_cast<double>(text.size()));
      }
  return sum == 0 ? 1 : 0;
}
