// bench_sql [ROUNDS]: how fast SQL is read, in MB/s on one core, beside libpg_query's fingerprint
// of the same statements. The candidates take turns; a number is the median of its rounds. One line
// of JSON each. The statements are PostgreSQL's, for libpg_query must accept them.
// bench_sql --statements: one line of JSON with the statements, for what is measured elsewhere.

#include <pg_query.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cpu_time.h"
#include "rpc/json.h"
#include "sql/anonymize.h"
#include "sql/fingerprint.h"
#include "sql/lexer.h"
#include "sql/statement.h"

namespace {

/// What applications send: a look-up, a list with filters, a report, a change, a load.
std::vector<std::string> statements() {
  std::vector<std::string> all = {
      "SELECT id, name, email, created_at FROM customers WHERE id = 4711",
      "SELECT o.id, o.status, o.total_amount, c.name AS customer_name, c.email\n"
      "  FROM orders o\n"
      "  JOIN customers c ON c.id = o.customer_id\n"
      " WHERE o.status IN ('open', 'paid', 'shipped', 'returned')\n"
      "   AND o.created_at >= '2024-01-01 00:00:00' AND o.created_at < '2024-02-01 00:00:00'\n"
      "   AND c.country_code = 'DE'\n"
      " ORDER BY o.created_at DESC LIMIT 50 OFFSET 100",
      "WITH monthly AS (\n"
      "  SELECT date_trunc('month', o.created_at) AS month, p.category_id,\n"
      "         sum(i.quantity * i.unit_price) AS revenue, count(DISTINCT o.customer_id) AS "
      "buyers\n"
      "    FROM orders o\n"
      "    JOIN order_items i ON i.order_id = o.id\n"
      "    JOIN products p ON p.id = i.product_id\n"
      "   WHERE o.status <> 'cancelled' AND p.category_id = ANY (ARRAY[1, 2, 3, 5, 8, 13])\n"
      "   GROUP BY 1, 2\n"
      ")\n"
      "SELECT m.month, g.name, m.revenue, m.buyers,\n"
      "       m.revenue - lag(m.revenue) OVER (PARTITION BY m.category_id ORDER BY m.month) AS "
      "growth,\n"
      "       CASE WHEN m.revenue > 10000 THEN 'large' WHEN m.revenue > 1000 THEN 'medium'\n"
      "            ELSE 'small' END AS size -- for the chart\n"
      "  FROM monthly m JOIN categories g ON g.id = m.category_id\n"
      " WHERE m.buyers > 10 ORDER BY m.month, m.revenue DESC",
      "UPDATE inventory SET quantity = quantity - 3, updated_at = now()\n"
      " WHERE product_id = 99812 AND warehouse_id = 7 AND quantity >= 3",
  };
  std::string load = "INSERT INTO events (id, kind, payload, created_at) VALUES ";
  for (int i = 0; i < 20; ++i)
    load += std::string(i ? ", " : "") + "(" + std::to_string(100000 + i) +
            ", 'page_view', '{\"path\": \"/products/" + std::to_string(i) +
            "\", \"agent\": \"Mozilla/5.0 (X11; Linux x86_64)\"}', '2024-03-05 12:00:00')";
  all.push_back(load);
  return all;
}

struct Candidate {
  const char* name;
  std::function<std::size_t(const std::string&)> run;  ///< gives something to add up
  std::vector<double> rates = {};
};

/// MB/s of one candidate over all statements, for about a twentieth of a second.
double measure(const Candidate& candidate, const std::vector<std::string>& all, std::size_t& sum) {
  const double start = mydba::bench::cpuSeconds();
  std::size_t bytes = 0;
  double seconds = 0;
  while (seconds < 0.05) {
    for (const std::string& sql : all) {
      sum += candidate.run(sql);
      bytes += sql.size();
    }
    seconds = mydba::bench::cpuSeconds() - start;
  }
  return static_cast<double>(bytes) / 1e6 / seconds;
}

std::size_t lex(const std::string& sql, const mydba::sql::Dialect& dialect) {
  mydba::sql::Lexer lexer(sql, dialect);
  std::size_t sum = 0;
  for (auto token = lexer.next(); token.kind != mydba::sql::TokenKind::end; token = lexer.next())
    sum += token.end;
  return sum;
}

std::size_t pgQuery(const std::string& sql) {
  const PgQueryFingerprintResult result = pg_query_fingerprint(sql.c_str());
  const std::size_t some = result.error ? 0 : static_cast<std::size_t>(result.fingerprint);
  if (result.error) std::fprintf(stderr, "libpg_query: %s\n", result.error->message);
  pg_query_free_fingerprint_result(result);
  return some;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace mydba::sql;
  if (argc > 1 && argv[1] == std::string_view("--statements")) {
    std::puts(mydba::rpc::writeJson(mydba::rpc::Json(statements())).c_str());
    return 0;
  }
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
  const Dialect& dialect = *findDialect("postgres");
  const auto all = statements();
  std::vector<Candidate> candidates = {
      {"lex", [&](const std::string& sql) { return lex(sql, dialect); }},
      {"fingerprint", [&](const std::string& sql) { return fingerprint(sql, dialect).hash; }},
      {"anonymize", [&](const std::string& sql) { return anonymize(sql, dialect).size(); }},
      {"read", [&](const std::string& sql) { return readStatement(sql, dialect).tables.size(); }},
      {"libpg_query", pgQuery},
  };
  std::size_t sum = 0;
  for (int round = 0; round < rounds; ++round)
    for (Candidate& candidate : candidates) candidate.rates.push_back(measure(candidate, all, sum));
  for (Candidate& candidate : candidates) {
    std::sort(candidate.rates.begin(), candidate.rates.end());
    std::printf("{\"name\":\"%s\",\"mbPerSecond\":%.1f}\n", candidate.name,
                candidate.rates[candidate.rates.size() / 2]);
  }
  return sum == 42 ? 1 : 0;
}
