#pragma once

// Texts of any size for what must stay linear: a script of many statements, and a single one of
// each shape that grows.

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace mydba::bench {

inline constexpr std::size_t kilobyte = 1024;

inline std::string repeated(const std::string& text, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += text;
  return all;
}

/// A text of one shape, of about so many bytes.
struct Shape {
  const char* name;
  std::function<std::string(std::size_t)> text;
};

inline std::vector<Shape> shapes() {
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
      {"cases",
       [](std::size_t bytes) {
         return "SELECT " + repeated("CASE WHEN a THEN ", bytes * 4 / 5) + "1" +
                repeated(" END", bytes / 5) + " FROM t";
       }},
      {"joins",
       [](std::size_t bytes) {
         return "SELECT a.id FROM t a" +
                repeated(" LEFT JOIN orders o ON o.t_id = a.id AND o.kind = 'x'", bytes);
       }},
      {"unions",
       [](std::size_t bytes) {
         return "SELECT 1 AS a" + repeated(" UNION SELECT id FROM t WHERE id = 2", bytes);
       }},
      {"comment", [](std::size_t bytes) { return "SELECT 1 /*" + repeated(" /* ", bytes) + "*/"; }},
      {"script", [=](std::size_t bytes) { return repeated(report + ";\n", bytes); }},
  };
}

}  // namespace mydba::bench
