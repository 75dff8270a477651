#include "plan/remedies.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sql/keyword.h"
#include "sql/names.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Remedy;

const sql::Dialect& dialectOf(const protocol::PlanTree& tree) {
  const sql::Dialect* dialect = sql::findDialect(tree.engine);
  return dialect ? *dialect : sql::genericDialect();
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

/// Bytes that a name may have everywhere: 63 in PostgreSQL, 64 characters in MySQL.
constexpr std::size_t longestName = 63;

/// `orders_customer_id_idx`, cut where a character begins.
std::string indexName(std::string_view table, const std::vector<std::string>& columns) {
  const std::string end = "_idx";
  std::string name = std::string(table) + "_" + joined(columns, "_");
  if (name.size() + end.size() > longestName) {
    std::size_t cut = longestName - end.size();
    while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xC0) == 0x80) --cut;
    name.resize(cut);
  }
  return name + end;
}

/// A table by its own name. MySQL's plans name it by its alias alone; the statement knows better.
sql::ObjectName tableOf(const Grading& grading, const PlanNode& node) {
  sql::ObjectName table;
  table.name = node.relation.value_or("");
  const auto* facts = grading.relationOf(node);
  if (facts) table.schema = facts->schema.value_or("");
  if (table.schema.empty()) table.schema = extra(node, "Schema");
  const std::string& text = grading.tree().sql;
  if (facts || !node.span || node.span->start < 0 || node.span->end <= node.span->start ||
      static_cast<std::size_t>(node.span->end) > text.size())
    return table;
  const sql::TokenList tokens(
      std::string_view(text).substr(static_cast<std::size_t>(node.span->start),
                                    static_cast<std::size_t>(node.span->end - node.span->start)),
      dialectOf(grading.tree()));
  const auto read = sql::readName(tokens, 0);
  if (read && sql::lowerCase(read->name.name) != sql::lowerCase(table.name)) return read->name;
  return table;
}

/// `"name" ON "schema"."table"`, or `"schema"."name" ON "table"`.
std::string indexPlace(const Grading& grading, const PlanNode& node, const std::string& name) {
  const protocol::PlanTree& tree = grading.tree();
  const sql::ObjectName table = tableOf(grading, node);
  if (table.schema.empty() || !dialectOf(tree).schemaBeforeIndex)
    return quoted(tree, name) + " ON " + tableName(grading, node);
  return quoted(tree, table.schema) + "." + quoted(tree, name) + " ON " + quoted(tree, table.name);
}

Remedy indexRemedy(const Grading& grading, const PlanNode& node, const std::string& name,
                   const std::string& keys, const std::string& shown) {
  return {.title = "Create an index on " + tableOf(grading, node).name + " (" + shown + ")",
          .sql = "CREATE INDEX " + indexPlace(grading, node, name) + " (" + keys + ")",
          .createsIndex = true,
          .tradeOff =
              "Every write to the table also writes the index, it takes space, and on a "
              "large table writes may wait while it is built."};
}

/// The engine's own: `<derived2>`, `<temporary>`.
bool isRealTable(const PlanNode& node) {
  return node.relation && !node.relation->empty() && !node.relation->starts_with('<');
}

}  // namespace

std::string quoted(const protocol::PlanTree& tree, std::string_view name) {
  // Where "…" is a text, names stand between backticks (MySQL manual, "Schema Object Names").
  const char quote = dialectOf(tree).doubleQuotedStrings ? '`' : '"';
  std::string text(1, quote);
  for (const char c : name) text += c == quote ? std::string(2, quote) : std::string(1, c);
  return text + quote;
}

std::string tableName(const Grading& grading, const PlanNode& node) {
  const sql::ObjectName table = tableOf(grading, node);
  const std::string name = quoted(grading.tree(), table.name);
  return table.schema.empty() ? name : quoted(grading.tree(), table.schema) + "." + name;
}

const protocol::PlanIndex* indexOn(const Grading& grading, const PlanNode& node,
                                   const std::vector<std::string>& columns) {
  const auto* facts = grading.relationOf(node);
  if (!facts || !facts->indexes || columns.empty()) return nullptr;
  const auto found = std::find_if(
      facts->indexes->begin(), facts->indexes->end(), [&](const protocol::PlanIndex& index) {
        if (index.columns.size() < columns.size()) return false;
        const auto end = index.columns.begin() + static_cast<std::ptrdiff_t>(columns.size());
        return std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
          return std::find(index.columns.begin(), end, column) != end;
        });
      });
  return found == facts->indexes->end() ? nullptr : &*found;
}

std::optional<Remedy> createIndex(const Grading& grading, const PlanNode& node,
                                  const std::vector<std::string>& columns) {
  if (indexOn(grading, node, columns)) return std::nullopt;
  return createIndexInOrder(grading, node, columns);
}

std::optional<Remedy> createIndexInOrder(const Grading& grading, const PlanNode& node,
                                         const std::vector<std::string>& columns) {
  if (columns.empty() || !isRealTable(node)) return std::nullopt;
  std::vector<std::string> keys;
  for (const std::string& column : columns) keys.push_back(quoted(grading.tree(), column));
  return indexRemedy(grading, node, indexName(tableOf(grading, node).name, columns),
                     joined(keys, ", "), joined(columns, ", "));
}

std::optional<Remedy> createExpressionIndex(const Grading& grading, const PlanNode& node,
                                            std::string_view column, std::string_view expression) {
  // MariaDB, whose own kind of comment tells it, indexes a generated column instead.
  if (!isRealTable(node) || dialectOf(grading.tree()).mariadbComments) return std::nullopt;
  const std::string text(expression);
  Remedy remedy = indexRemedy(
      grading, node, indexName(tableOf(grading, node).name, {std::string(column) + "_expression"}),
      "(" + text + ")", text);
  remedy.tradeOff +=
      " It serves only conditions that spell the expression the same way, and the "
      "expression must always give the same result for the same row.";
  return remedy;
}

std::optional<Remedy> refreshStatistics(const Grading& grading, const PlanNode& node) {
  if (!isRealTable(node)) return std::nullopt;
  // MySQL and MariaDB, which alone execute comments, say TABLE.
  const char* verb = dialectOf(grading.tree()).executableComments ? "ANALYZE TABLE " : "ANALYZE ";
  return Remedy{.title = "Take new statistics of " + tableOf(grading, node).name,
                .sql = verb + tableName(grading, node),
                .tradeOff = "Reads a sample of the table; plans of other statements may change."};
}

std::optional<Remedy> raiseWorkMemory(double bytes) {
  constexpr double mib = 1024.0 * 1024.0;
  if (!(bytes > 0) || bytes > 1024 * mib) return std::nullopt;
  const auto steps = static_cast<int>(std::ceil(std::log2(std::max(bytes / mib, 1.0))));
  const std::string digits = std::to_string(1 << steps);
  return Remedy{.title = "Give this session " + digits + " MB of working memory",
                .sql = "SET work_mem = '" + digits + "MB'",
                .tradeOff =
                    "A statement may take that much once for every sort and hash in it, "
                    "and once more for each parallel worker."};
}

void propose(Observation& observation, std::optional<Remedy> remedy) {
  if (remedy) observation.remedies.push_back(std::move(*remedy));
}

}  // namespace mydba::plan
