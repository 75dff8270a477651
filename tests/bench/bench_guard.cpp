// bench_guard [ROUNDS]: what the guard's judgement costs, as lines of JSON: microseconds of one
// core per kilobyte, for texts of 1 KB to 10 MB, so that a cost that does not grow with the text
// alone is seen: for a script of many statements and for a single one of each shape that grows.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "cpu_time.h"
#include "guard/judge.h"

namespace {

using mydba::guard::judge;

constexpr std::size_t kilobyte = 1024;

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += text;
  return all;
}

/// A text of one shape, of about so many bytes.
struct Shape {
  const char* name;
  std::function<std::string(std::size_t)> text;
};

std::vector<Shape> shapes() {
  const std::string report =
      "SELECT c.name, sum(i.quantity * i.unit_price) AS revenue FROM orders o JOIN customers c ON "
      "c.id = o.customer_id JOIN order_items i ON i.order_id = o.id WHERE o.status IN ('open', "
      "'paid') AND o.created_at >= '2024-01-01' AND (c.country = 'DE' OR lower(c.email) LIKE "
      "'%@example.org') GROUP BY c.name HAVING count(*) > 3 ORDER BY revenue DESC LIMIT 50";
  return {
      {"select",
       [=](std::size_t bytes) {
         return report + " OFFSET 1" +
                repeated(" + length('x')", bytes - std::min(bytes, report.size() + 9));
       }},
      {"insert",
       [](std::size_t bytes) {
         return "INSERT INTO events (id, kind, at) VALUES (1, 'page_view', '2024-03-05')" +
                repeated(", (100007, 'page_view', '2024-03-05 12:00:00')", bytes);
       }},
      {"inList",
       [](std::size_t bytes) {
         return "DELETE FROM events WHERE id IN (1" + repeated(", 4711", bytes) + ")";
       }},
      {"and",
       [](std::size_t bytes) {
         return "UPDATE events SET kind = 'x' WHERE id = 1" +
                repeated(" OR (kind = 'a' AND at > now())", bytes);
       }},
      {"nested",
       [](std::size_t bytes) {
         return "SELECT " + repeated("(", bytes / 2) + "1" + repeated(")", bytes / 2);
       }},
      {"subqueries",
       [](std::size_t bytes) {
         return "SELECT 1" + repeated(" FROM (SELECT a", bytes / 2) + " FROM t" +
                repeated(") AS q WHERE b > 1", bytes / 2);
       }},
      {"comment", [](std::size_t bytes) { return "SELECT 1 /*" + repeated(" /* ", bytes) + "*/"; }},
      {"script", [=](std::size_t bytes) { return repeated(report + ";\n", bytes); }},
  };
}

double microsecondsOf(const std::string& text, const mydba::sql::Dialect& dialect, int& sum) {
  const mydba::guard::Policy policy{.environment = mydba::guard::Environment::prod};
  const double start = mydba::bench::cpuSeconds();
  sum += static_cast<int>(judge(text, dialect, policy).risk);
  return (mydba::bench::cpuSeconds() - start) * 1e6;
}

/// Median of the calls of about a twentieth of a second, of at least `rounds`.
double median(const std::string& text, const mydba::sql::Dialect& dialect, int rounds, int& sum) {
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
  int sum = 0;
  for (const char* dialect : {"postgres", "mysql", "sqlite"})
    for (const Shape& shape : shapes())
      for (std::size_t size = kilobyte; size <= 10'000 * kilobyte; size *= 10) {
        const std::string text = shape.text(size);
        const double time = median(text, *mydba::sql::findDialect(dialect), rounds, sum);
        std::printf("{\"dialect\":\"%s\",\"shape\":\"%s\",\"bytes\":%zu,\"microsPerKb\":%.2f}\n",
                    dialect, shape.name, text.size(),
                    time * kilobyte / static_cast<double>(text.size()));
      }
  return sum == -1 ? 1 : 0;
}
