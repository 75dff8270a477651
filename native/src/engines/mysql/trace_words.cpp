#include "engines/mysql/trace_words.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

#include "base/utf8.h"

namespace mydba::mysql {
namespace {

constexpr std::size_t mostElements = 1000, mostOptions = 60, longestText = 400;
constexpr double impossible = 1e300;

/// Causes of both servers (MySQL: sql/range_optimizer, sql/sql_planner.cc; MariaDB:
/// sql/opt_range.cc, sql/sql_select.cc), with blanks for the underscores that only MySQL writes.
constexpr std::pair<std::string_view, std::string_view> causes[] = {
    {"cost", "costs more than another way"},
    {"not applicable", "no condition fits its first column"},
    {"no predicate for first keypart", "no condition fits its first column"},
    {"not single table", "is only for a statement on one table"},
    {"not single_table", "is only for a statement on one table"},
    {"too few roworder scans", "needs two or more indexes whose rows come in the table's order"},
    {"clustered pk chosen by heuristics", "a row by its primary key is the cheapest lookup"},
    {"heuristic index cheaper", "a lookup by the same index is cheaper"},
    {"uses more keyparts", "a lookup by more columns of the same index is better"},
    {"covering index better than full scan", "all columns are in the index"},
    {"no group by or distinct", "is only for GROUP BY or DISTINCT"},
    {"not group by or distinct", "is only for GROUP BY or DISTINCT"},
    {"no valid range for this prefix", "no condition fits its columns"},
    {"rec per key unknown", "how many rows a key has is not known"},
    {"best full scan cost", "a scan of the table costs less"},
    {"usable not better", "is of use, and no better than what was found before"}};

}  // namespace

std::vector<const PlanJson*> elements(const PlanJson& object, const char* name) {
  std::vector<const PlanJson*> list;
  if (!object.is_object()) return list;
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return list;
  for (const PlanJson& element : *found) {
    if (list.size() == mostElements) break;
    list.push_back(&element);
  }
  return list;
}

const PlanJson* member(const PlanJson& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found != object.end() && found->is_object() ? &*found : nullptr;
}

bool isTrue(const PlanJson& object, const char* name) {
  if (!object.is_object()) return false;
  const auto found = object.find(name);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::string aliasOf(std::string_view table) {
  if (table.ends_with('`')) {
    const auto start = table.rfind('`', table.size() - 2);
    if (table.size() > 2 && start != std::string_view::npos)
      table = table.substr(start + 1, table.size() - start - 2);
  }
  return shortened(table);
}

std::optional<std::string> aliasIn(const PlanJson& object) {
  const auto name = object.is_object() ? text(object, "table") : std::nullopt;
  return name ? std::optional(aliasOf(*name)) : std::nullopt;
}

std::string shortened(std::string_view text) {
  if (text.size() <= longestText) return std::string(text);
  return std::string(utf8Prefix(text, longestText)) + "…";
}

std::string figure(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, value >= 1e6 ? "%.0f" : "%.6g", value);
  return buffer;
}

std::optional<double> costOf(const PlanJson& object, const char* name) {
  const auto cost = number(object, name);
  return cost && *cost < impossible ? cost : std::nullopt;
}

std::optional<std::string> reasonOf(const PlanJson& object) {
  auto cause = object.is_object() ? text(object, "cause") : std::nullopt;
  if (!cause) return std::nullopt;
  std::replace(cause->begin(), cause->end(), '_', ' ');
  const auto known = std::find_if(std::begin(causes), std::end(causes),
                                  [&](const auto& entry) { return entry.first == *cause; });
  return known == std::end(causes) ? shortened(*cause) : std::string(known->second);
}

void arrange(std::vector<protocol::TraceOption>& options) {
  std::stable_partition(options.begin(), options.end(),
                        [](const protocol::TraceOption& option) { return option.chosen; });
  if (options.size() > mostOptions) options.resize(mostOptions);
}

}  // namespace mydba::mysql
