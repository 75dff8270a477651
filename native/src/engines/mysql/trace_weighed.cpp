// The ways to read each table that the optimizer weighed.
//
// It decides twice. A range analysis compares the scan of a table with ranges of its indexes, of
// which only the best goes on; then that one is compared with lookups, at each place of the join.
// The two count differently (the second adds what is done with the rows, and multiplies by the rows
// before), so costs of one are no measure for the other. Kept with their costs are the ways of the
// decision that was closer, and those of the other have theirs in words.

#include "engines/mysql/trace_weighed.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engines/mysql/mariadb_json.h"
#include "engines/mysql/trace_access.h"
#include "engines/mysql/trace_joins.h"
#include "plan/walk.h"

namespace mydba::mysql {
namespace {

using protocol::PlanNode;
using protocol::TraceOption;
using Ways = std::vector<TraceOption>;

struct Table {
  std::string block;  ///< query block that it is in
  Ways ranges;        ///< of the range analysis
  Ways joined;        ///< of the join
  bool unclear = false;
};

class Collector {
 public:
  /// The depth is bounded by the parser's.
  void collect(const PlanJson& value, const std::string& block) {
    if (value.is_array()) return collectSteps(value, block);
    if (!value.is_object()) return;
    std::string inside = block;
    for (const char* name : {"select#", "select_id"})
      if (const auto id = number(value, name)) inside = figure(*id);
    collectRanges(value, inside);
    for (const auto& [name, member] : value.items())
      if (name != "rows_estimation" && name != "range_analysis" &&
          name != "considered_execution_plans")
        collect(member, inside);
  }

  std::map<std::string, Table> tables;  ///< by alias

 private:
  void collectSteps(const PlanJson& steps, const std::string& block) {
    for (std::size_t at = 0; at < steps.size(); ++at) {
      collect(steps[at], block);
      // MariaDB names the best order in a step after those that it considered.
      std::vector<std::string> best;
      for (std::size_t later = at; later < steps.size() && best.empty(); ++later)
        if (steps[at].is_object() && steps[at].contains("considered_execution_plans"))
          best = bestJoinOrder(steps[later]);
      collectJoin(steps[at], best, block);
    }
  }

  void collectRanges(const PlanJson& step, const std::string& block) {
    std::set<std::string> listed;
    for (const PlanJson* entry : elements(step, "rows_estimation")) {
      auto told = member(*entry, "range_analysis") ? readingStep(*entry) : std::nullopt;
      if (!told || !told->table) continue;
      Table& table = at(*told->table, block);
      if (!listed.insert(*told->table).second) table.unclear = true;
      table.ranges = std::move(told->options);
    }
    // An UPDATE or DELETE of one table has no list of them; elsewhere it is about a part only.
    if (!member(step, "range_analysis")) return;
    auto told = readingStep(step);
    if (told && told->table && !tables.contains(*told->table))
      at(*told->table, block).ranges = std::move(told->options);
  }

  void collectJoin(const PlanJson& step, const std::vector<std::string>& best,
                   const std::string& block) {
    auto told = joinStep(step, best);
    if (!told) return;
    std::set<std::string> listed;
    for (auto& stop : told->steps) {
      if (!stop.table) continue;
      Table& table = at(*stop.table, block);
      if (!listed.insert(*stop.table).second) table.unclear = true;
      table.joined = std::move(stop.options);
    }
  }

  Table& at(const std::string& alias, const std::string& block) {
    const auto [found, isNew] = tables.try_emplace(alias);
    if (isNew) found->second.block = block;
    if (found->second.block != block) found->second.unclear = true;
    return found->second;
  }
};

bool isScan(const TraceOption& way) { return way.name == "table scan"; }
bool isRange(const TraceOption& way) { return way.name.starts_with("range"); }

bool decided(const Ways& ways) { return !ways.empty() && ways.front().chosen; }

/// How much more the next best way costs than the chosen one; nothing when there is none.
std::optional<double> lead(const Ways& ways) {
  if (!decided(ways) || !ways.front().cost || *ways.front().cost <= 0) return std::nullopt;
  std::optional<double> least;
  for (const TraceOption& way : ways)
    if (!way.chosen && way.cost && *way.cost >= *ways.front().cost)
      least = std::min(least.value_or(*way.cost), *way.cost);
  return least ? std::optional(*least / *ways.front().cost) : std::nullopt;
}

/// Adds the ways of the other decision. `by` says which that was.
void addInWords(const Ways& others, const std::string& by, Ways& into) {
  for (TraceOption way : others) {
    if (way.chosen) continue;
    if (way.cost) way.reason = "lost " + by + ", where it was to cost " + figure(*way.cost);
    way.cost.reset();
    into.push_back(std::move(way));
  }
}

Ways waysOf(Table table) {
  Ways& ranges = table.ranges;
  Ways& joined = table.joined;
  if (table.unclear) return {};
  if (!decided(joined)) return std::move(ranges);
  if (!decided(ranges)) return std::move(joined);
  TraceOption& winner = joined.front();
  // MariaDB does not say which range it is: the one that went on.
  if (winner.name == "range" && isRange(ranges.front())) winner.name = ranges.front().name;
  const bool same =
      (isScan(winner) && isScan(ranges.front())) || (isRange(winner) && isRange(ranges.front()));
  const auto leadOfRanges = lead(ranges), leadOfJoin = lead(joined);
  if (same && leadOfRanges && (!leadOfJoin || *leadOfRanges < *leadOfJoin)) {
    addInWords(joined, "in the join", ranges);
    return std::move(ranges);
  }
  addInWords(ranges, "to another range or a scan", joined);
  return std::move(joined);
}

bool readsTable(const PlanNode& node) {
  using Category = protocol::PlanCategory;
  return node.relation &&
         (node.category == Category::scan || node.category == Category::indexScan ||
          node.category == Category::indexOnlyScan || node.category == Category::lookup);
}

/// The plan may read otherwise: for the order of the rows, or with indexes merged.
bool fits(const PlanNode& node, const Ways& ways) {
  if (!decided(ways)) return false;
  if (!node.index) return isScan(ways.front());
  return ways.front().name.ends_with(" " + *node.index);
}

}  // namespace

void addWeighed(std::string_view trace, PlanNode& root) {
  const auto json = parseUnescaped(trace, "trace");
  if (!json) return;
  Collector collector;
  collector.collect(*json, "");
  std::map<std::string, std::vector<PlanNode*>> readers;
  plan::walk(root, [&](PlanNode& node, PlanNode* parent, int) {
    // A part of a read stands below it: an index that is merged, a filter of row ids.
    if (!readsTable(node) || (parent && parent->relation == node.relation && readsTable(*parent)))
      return;
    readers[node.alias.value_or(*node.relation)].push_back(&node);
  });
  for (auto& [alias, table] : collector.tables) {
    const auto found = readers.find(alias);
    if (found == readers.end() || found->second.size() != 1) continue;
    auto ways = waysOf(std::move(table));
    if (ways.size() > 1 && fits(*found->second.front(), ways))
      found->second.front()->weighed = std::move(ways);
  }
}

}  // namespace mydba::mysql
