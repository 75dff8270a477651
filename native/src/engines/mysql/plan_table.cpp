// "EXPLAIN Output Format" (MySQL manual) and "EXPLAIN" (MariaDB documentation): id, select_type,
// table, type, possible_keys, key, key_len, ref, rows, filtered, Extra; ANALYZE adds r_rows and
// r_filtered, of one loop. Tables with one id are a join, in the order of the rows; other ids are
// its sub-queries.

#include "engines/mysql/plan_table.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace mydba::mysql {
namespace {

using Row = std::map<std::string, std::string, std::less<>>;

/// EXPLAIN has a row for each table of a statement, and joins are limited to 61.
constexpr std::size_t mostRows = 10000;

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \r");
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \r") - first + 1));
}

std::vector<std::string> cells(std::string_view line) {
  const bool bordered = line.starts_with('|');
  if (bordered) line.remove_prefix(1);
  const char separator = bordered ? '|' : '\t';
  std::vector<std::string> found;
  while (true) {
    const auto end = line.find(separator);
    if (bordered && end == line.npos) break;
    found.push_back(trimmed(line.substr(0, end)));
    if (end == line.npos) break;
    line.remove_prefix(end + 1);
  }
  return found;
}

std::vector<Row> rowsOf(std::string_view text) {
  std::vector<Row> rows;
  std::vector<std::string> header;
  while (!text.empty() && rows.size() < mostRows) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto values = cells(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (header.empty()) {
      if (values.size() >= 10 && values[0] == "id" && values[1] == "select_type") header = values;
      continue;
    }
    if (values.size() != header.size()) continue;
    Row row;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i] != "NULL" && !values[i].empty()) row[header[i]] = values[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string at(const Row& row, std::string_view column) {
  const auto found = row.find(column);
  return found == row.end() ? std::string() : found->second;
}

bool says(const Row& row, std::string_view word) {
  return at(row, "Extra").find(word) != std::string::npos;
}

PlanJson list(std::string_view names) {
  PlanJson found = PlanJson::array();
  while (!names.empty()) {
    const auto end = std::min(names.find(','), names.size());
    found.push_back(std::string(names.substr(0, end)));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return found;
}

/// Tables of one query, with what the rows before them multiply.
class Query {
 public:
  explicit Query(bool mysql) : mysql_(mysql) {}

  void add(const Row& row) {
    PlanJson table = PlanJson::object();
    if (!at(row, "table").empty()) table["table_name"] = at(row, "table");
    if (!at(row, "type").empty())
      table["access_type"] = at(row, "type");
    else if (!at(row, "Extra").empty())
      table["message"] = at(row, "Extra");
    if (!at(row, "possible_keys").empty()) table["possible_keys"] = list(at(row, "possible_keys"));
    if (!at(row, "key").empty()) table["key"] = at(row, "key");
    if (!at(row, "key_len").empty()) table["key_length"] = at(row, "key_len");
    if (!at(row, "ref").empty()) table["ref"] = list(at(row, "ref"));
    if (says(row, "Using index") && !says(row, "Using index condition"))
      table["using_index"] = true;
    if (!at(row, "Extra").empty()) table["Extra"] = at(row, "Extra");
    addRows(row, table);
    temporary_ = temporary_ || says(row, "Using temporary");
    filesort_ = filesort_ || says(row, "Using filesort");
    selectType_ = at(row, "select_type");
    tables_.push_back({{"table", std::move(table)}});
  }

  /// `query_block`, with the steps that its `Extra` tells of.
  PlanJson block(const std::string& id, PlanJson subqueries) {
    PlanJson inside = {{"nested_loop", std::move(tables_)}};
    if (temporary_)
      inside = mysql_ ? PlanJson{{"grouping_operation", std::move(inside)}}
                      : PlanJson{{"temporary_table", std::move(inside)}};
    if (temporary_ && mysql_) inside["grouping_operation"]["using_temporary_table"] = true;
    if (filesort_)
      inside = mysql_ ? PlanJson{{"ordering_operation", std::move(inside)}}
                      : PlanJson{{"filesort", std::move(inside)}};
    inside["select_id"] = id;
    inside["select_type"] = selectType_;
    if (!subqueries.empty())
      inside[mysql_ ? "attached_subqueries" : "subqueries"] = std::move(subqueries);
    return {{"query_block", std::move(inside)}};
  }

  const std::string& selectType() const { return selectType_; }

 private:
  void addRows(const Row& row, PlanJson& table) {
    for (const char* column : {"rows", "r_rows", "filtered", "r_filtered"})
      if (!at(row, column).empty()) table[column] = at(row, column);
    const auto rows = number(table, "rows");
    planned_ *= rows.value_or(1) * number(table, "filtered").value_or(100) / 100;
    if (mysql_ && rows) {
      table["rows_examined_per_scan"] = *rows;
      table["rows_produced_per_join"] = planned_;
      table.erase("rows");
    }
    if (!table.contains("r_rows")) return;
    table["r_loops"] = loops_;
    loops_ *= number(table, "r_rows").value_or(1) * number(table, "r_filtered").value_or(100) / 100;
  }

  bool mysql_;
  bool temporary_ = false, filesort_ = false;
  double planned_ = 1, loops_ = 1;
  std::string selectType_;
  PlanJson tables_ = PlanJson::array();
};

}  // namespace

std::optional<ExplainTable> explainTable(std::string_view text) {
  const auto rows = rowsOf(text);
  if (rows.empty()) return {};
  ExplainTable found;
  found.mysql = text.find("partitions") != text.npos;
  // The result of a UNION has no id of its own.
  std::vector<std::pair<std::string, Query>> queries;
  for (const Row& row : rows) {
    const auto id = at(row, "id");
    auto query = std::find_if(queries.begin(), queries.end(),
                              [&](const auto& known) { return known.first == id; });
    if (query == queries.end()) query = queries.insert(query, {id, Query(found.mysql)});
    query->second.add(row);
  }
  PlanJson subqueries = PlanJson::array();
  for (std::size_t i = 1; i < queries.size(); ++i) {
    auto& [id, query] = queries[i];
    const auto& type = query.selectType();
    auto part = query.block(id, PlanJson::array());
    if (found.mysql) {
      part["dependent"] = type.starts_with("DEPENDENT");
      part["cacheable"] = !type.starts_with("UNCACHEABLE");
    }
    subqueries.push_back(std::move(part));
  }
  found.json = queries[0].second.block(queries[0].first, std::move(subqueries));
  return found;
}

}  // namespace mydba::mysql
