// MariaDB's EXPLAIN FORMAT=JSON and ANALYZE FORMAT=JSON ("ANALYZE FORMAT=JSON", MariaDB
// documentation). `rows` and `r_rows` are of one loop and before the filter, `filtered` and
// `r_filtered` the per cent that is left; `r_loops` counts loops; every `r_…_time_ms` is already a
// total over them. `cost` and `loops` came with MariaDB 11.
//
// A sub-query's loops are not planned, so its estimates are multiplied by those that were counted.
// Times are billed by gaps between calls, so what is inside of a step can take a little longer than
// the step; it is then scaled down to fit, that own times add up to the whole.

#include <algorithm>
#include <cstdlib>

#include "engines/mysql/mariadb_json.h"
#include "engines/mysql/plan_blocks.h"
#include "engines/mysql/plan_readers.h"
#include "engines/mysql/plan_totals.h"

namespace mydba::mysql {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::PlanRole;

constexpr BlockOperator operators[] = {
    {"query_block", "Query block", PlanCategory::other},
    {"query_specifications", "", PlanCategory::other, PlanRole::member},
    {"union_result", "Union", PlanCategory::set},
    {"recursive_union", "Recursive union", PlanCategory::set},
    {"filesort", "Sort", PlanCategory::sort},
    {"sorts", "", PlanCategory::sort},
    {"read_sorted_file", "", PlanCategory::other},
    {"temporary_table", "Temporary table", PlanCategory::materialize},
    {"materialized", "Materialize", PlanCategory::materialize},
    {"duplicates_removal", "Remove duplicates", PlanCategory::aggregate},
    {"duplicate_removal", "Remove duplicates", PlanCategory::aggregate},
    {"window_functions_computation", "Window functions", PlanCategory::aggregate},
    {"block-nl-join", "Block nested loop join", PlanCategory::join},
    // Around a table, and only then (Explain_table_access in MariaDB's sql_explain.cc).
    {"range-checked-for-each-record", "Range checked for each record", PlanCategory::other},
    {"full-scan-on-null_key", "Full scan on a NULL key", PlanCategory::other},
    {"subqueries", "", PlanCategory::subquery, PlanRole::subplan},
    // Run once into a temporary table, with the ways to look for NULLs in it (subselect_hash_sj).
    {"materialization", "Materialize", PlanCategory::materialize},
    {"subquery_cache", "Subquery", PlanCategory::subquery},
    {"expression_cache", "Subquery", PlanCategory::subquery},
    {"insert", "Insert", PlanCategory::modify},
};

constexpr std::string_view mapped[] = {
    "table_name",  "key",  "attached_condition", "rows",       "r_rows",          "r_loops",
    "loops",       "cost", "filtered",           "r_filtered", "r_total_time_ms", "r_output_rows",
    "rowid_filter"};

std::string joined(const PlanJson& table, const char* member) {
  const auto found = table.find(member);
  return found == table.end() ? std::string() : flat(*found).value_or("");
}

double sumOfTimes(const PlanNode& node) {
  double sum = 0;
  for (const auto& child : node.children) sum += child.totalMs.value_or(0);
  return sum;
}

/// What was measured of a table. UPDATE and DELETE of one table say no loops: it is one.
void readMeasured(const PlanJson& table, PlanNode& node) {
  const auto rows = number(table, "r_rows");
  node.loops = number(table, "r_loops");
  if (!node.loops && rows) node.loops = 1;
  if (!node.loops) return;
  const auto access = number(table, "r_table_time_ms"), other = number(table, "r_other_time_ms");
  // The lookups of an IN sub-query are timed and not counted (access type index_subquery).
  if (*node.loops == 0 && access.value_or(0) > 0) node.loops.reset();
  if (node.loops == 0.0) {
    node.neverExecuted = true;
    return;
  }
  node.actualRead = times(rows, node.loops);
  if (node.actualRead) {
    const double kept = number(table, "r_filtered").value_or(100) / 100;
    node.actualRows = *node.actualRead * kept;
    if (node.filter) node.rowsRemoved = *node.actualRead * (1 - kept);
    if (*node.loops > 1) node.approximate = true;
  }
  if (access || other)
    node.totalMs = access.value_or(0) + other.value_or(0) + sumOfTimes(node);
  else
    node.totalMs = number(table, "r_total_time_ms");
}

/// 16 KiB pages of InnoDB, already over all loops (Explain_table_access, `r_engine_stats`).
void readPages(const PlanJson& table, PlanNode& node) {
  const auto stats = table.find("r_engine_stats");
  if (stats == table.end() || !stats->is_object()) return;
  protocol::PlanBuffers pages;
  const auto accessed = number(*stats, "pages_accessed");
  pages.sharedRead = number(*stats, "pages_read_count");
  pages.readMs = number(*stats, "pages_read_time_ms");
  pages.sharedDirtied = number(*stats, "pages_updated");
  if (accessed) pages.sharedHit = std::max(0.0, *accessed - pages.sharedRead.value_or(0));
  if (pages.sharedHit == 0.0) pages.sharedHit.reset();
  node.buffers = pages;
}

/// A second index whose row numbers are collected first and tested before a row is read
/// ("Rowid Filtering Optimization"). The time to fill it is part of the table's.
void readRowidFilter(const PlanJson& table, PlanNode& node) {
  const auto found = table.find("rowid_filter");
  if (found == table.end() || !found->is_object()) return;
  PlanNode filter;
  filter.operation = "Rowid filter";
  filter.category = PlanCategory::indexOnlyScan;
  filter.role = PlanRole::input;
  for (const auto& [name, value] : found->items()) keep(filter, name, value);
  filter.relation = node.relation;
  const auto range = found->find("range");
  if (range != found->end() && range->is_object()) filter.index = text(*range, "key");
  filter.estimatedRows = number(*found, "rows");
  filter.actualRows = number(*found, "r_rows");
  filter.totalMs = number(*found, "r_filling_time_ms");
  filter.memoryBytes = bytes(*found, "r_buffer_size");
  if (filter.actualRows) filter.loops = 1;
  node.children.push_back(std::move(filter));
}

/// `#hash#key:index` is a hash table over what the index (or nothing) delivers.
void readHashedIndex(PlanNode& node) {
  if (!node.index || !node.index->starts_with("#hash#")) return;
  node.extra.push_back({"key", *node.index});
  const auto colon = node.index->find(':');
  node.index =
      colon == std::string::npos ? std::nullopt : std::optional(node.index->substr(colon + 1));
}

void readTable(const PlanJson& table, PlanNode& node) {
  const auto parts = joined(table, "used_key_parts"), ref = joined(table, "ref");
  const bool hashed = node.index && node.index->starts_with("#hash#");
  if (!parts.empty() && !ref.empty() && ref != "func" && !hashed)
    node.condition = parts + " = " + ref;
  if (const auto pushed = text(table, "index_condition")) node.condition = pushed;
  readHashedIndex(node);
  node.filter = text(table, "attached_condition");
  const double loops = number(table, "loops").value_or(1);
  node.estimatedRead = times(number(table, "rows"), loops);
  if (node.estimatedRead)
    node.estimatedRows = *node.estimatedRead * number(table, "filtered").value_or(100) / 100;
  node.totalCost = number(table, "cost");
  readMeasured(table, node);
  readPages(table, node);
  readRowidFilter(table, node);
}

/// Counted of a join by buffer: how many rows of it met how many of the table, and what was left.
void readBufferedJoin(const PlanJson& object, PlanNode& node) {
  node.memoryBytes = bytes(object, "buffer_size");
  node.condition = text(object, "attached_condition");
  if (!node.children.empty()) node.estimatedRows = node.children[0].estimatedRows;
  const auto unpack = number(object, "r_unpack_time_ms"), other = number(object, "r_other_time_ms");
  if (unpack || other) node.totalMs = unpack.value_or(0) + other.value_or(0) + sumOfTimes(node);
  node.actualRead = times(number(object, "r_effective_rows"), node.loops);
  if (!node.actualRead) return;
  node.actualRows = *node.actualRead * number(object, "r_filtered").value_or(100) / 100;
  node.rowsRemovedByJoin = *node.actualRead - *node.actualRows;
  node.approximate = true;
}

void readRows(const PlanJson& object, PlanNode& node) {
  node.actualRows = times(number(object, "r_output_rows"), node.loops);
  if (!node.actualRows) node.actualRows = times(number(object, "r_rows"), node.loops);
  const bool keepsRows = node.category == PlanCategory::materialize ||
                         node.category == PlanCategory::other ||
                         node.category == PlanCategory::sort;
  if (!keepsRows || node.children.size() != 1) return;
  if (!node.actualRows) node.actualRows = node.children[0].actualRows;
  node.estimatedRows = node.children[0].estimatedRows;
}

/// A sort holds what it sorts. A table's `r_other_time_ms` runs until the next call to it, thus
/// through the sort between reading the rows and fetching them in order: that time is the sort's.
void readSortTimes(std::optional<double> own, PlanNode& node) {
  if (node.children.empty()) {
    node.totalMs = own;
    return;
  }
  const double inside = sumOfTimes(node);
  PlanNode& input = node.children[0];
  const bool filledBefore = input.category == PlanCategory::materialize;
  if (own) node.totalMs = filledBefore ? *own + inside : std::max(*own, inside);
  for (const auto& [name, value] : input.extra)
    if (!filledBefore && name == "r_other_time_ms" && input.totalMs)
      *input.totalMs -= std::strtod(value.c_str(), nullptr);
}

void readOperator(const PlanJson& object, PlanNode& node) {
  node.totalCost = number(object, "cost");
  node.loops = number(object, "r_loops");
  // A recursive union counts nothing itself, also when its parts ran.
  const bool ran = std::any_of(node.children.begin(), node.children.end(),
                               [](const auto& child) { return child.loops.value_or(0) > 0; });
  if (node.loops == 0.0 && ran) node.loops.reset();
  if (node.loops == 0.0) node.neverExecuted = true;
  const double inside = sumOfTimes(node);
  const auto own = number(object, "r_total_time_ms");
  if (own || inside > 0) node.totalMs = own.value_or(inside);
  if (node.category == PlanCategory::join) return readBufferedJoin(object, node);
  readRows(object, node);
  if (node.category != PlanCategory::sort) return;
  node.memoryBytes = bytes(object, "r_buffer_size");
  readSortTimes(own, node);
}

/// Rows of a join by buffer: its table is read once, and each row meets all that are buffered.
/// A batched key access looks its table up by them instead.
void multiplyBuffered(PlanNode& join, double loops, bool multiplied) {
  auto& table = join.children[0];
  if (multiplied && loops > 0 && join.estimatedRows) *join.estimatedRows /= loops;
  join.estimatedRows = times(join.estimatedRows, loops);
  const bool byKey = std::any_of(join.extra.begin(), join.extra.end(),
                                 [](const auto& value) { return value.name == "mrr_type"; });
  if (byKey) {
    table.estimatedRows = join.estimatedRows;
    if (!multiplied) table.estimatedRead = times(table.estimatedRead, loops);
  } else if (multiplied && loops > 0) {
    table.estimatedRows = times(table.estimatedRows, 1 / loops);
    table.estimatedRead = times(table.estimatedRead, 1 / loops);
  }
  // `filtered` is of the whole join; a table without a condition of its own keeps all it reads.
  if (!table.filter) table.estimatedRows = table.estimatedRead;
}

/// MariaDB 10 gives rows of one loop only; the loops are the rows of the tables before.
void readJoin(const PlanJson& inputs, PlanNode& node) {
  double loops = 1;
  for (std::size_t i = 0; i < node.children.size() && i < inputs.size(); ++i) {
    auto& child = node.children[i];
    const PlanJson* table = tableOf(inputs[i]);
    const auto planned = table ? number(*table, "loops") : std::nullopt;
    if (child.category == PlanCategory::join && child.children.size() == 1) {
      multiplyBuffered(child, planned.value_or(loops), planned.has_value());
    } else if (!planned) {
      child.estimatedRows = times(child.estimatedRows, loops);
      child.estimatedRead = times(child.estimatedRead, loops);
    }
    loops = child.estimatedRows.value_or(loops);
  }
  if (node.children.empty()) return;
  const auto& last = node.children.back();
  node.estimatedRows = last.estimatedRows;
  node.actualRows = last.actualRows;
  node.approximate = last.approximate;
  node.loops = node.children.front().loops;
  if (node.loops == 0.0) node.neverExecuted = true;
  const double inside = sumOfTimes(node);
  if (inside > 0) node.totalMs = inside;
  double cost = 0;
  for (const auto& child : node.children) cost += child.totalCost.value_or(0);
  if (cost > 0) node.totalCost = cost;
}

constexpr BlockFormat format{operators, readTable, readOperator, readJoin, mapped};

double loopsOf(const PlanNode& node) {
  return node.children.size() == 1 && node.category == PlanCategory::subquery
             ? loopsOf(node.children[0])
             : node.loops.value_or(1);
}

/// From the leaves up: what a sub-query was planned to do in all, and pages with those below.
void totalUp(PlanNode& node) {
  for (PlanNode& child : node.children) totalUp(child);
  if (node.role == PlanRole::subplan && loopsOf(node) > 1) multiplyEstimates(node, loopsOf(node));
  if (node.role == PlanRole::subplan && node.loops == 1.0) node.role = PlanRole::initplan;
  for (const PlanNode& child : node.children) {
    if (!child.buffers) continue;
    if (!node.buffers) node.buffers.emplace();
    using Pages = protocol::PlanBuffers;
    for (auto pages :
         {&Pages::sharedHit, &Pages::sharedRead, &Pages::sharedDirtied, &Pages::readMs})
      if ((*child.buffers).*pages)
        (*node.buffers).*pages = ((*node.buffers).*pages).value_or(0) + *((*child.buffers).*pages);
  }
}

void scaleTimes(PlanNode& node, double factor) {
  node.totalMs = times(node.totalMs, factor);
  node.approximate = true;
  for (PlanNode& child : node.children) scaleTimes(child, factor);
}

void fitTimes(PlanNode& node) {
  const double inside = sumOfTimes(node);
  if (node.totalMs && inside > *node.totalMs)
    for (PlanNode& child : node.children) scaleTimes(child, *node.totalMs / inside);
  for (PlanNode& child : node.children) fitTimes(child);
}

}  // namespace

Result<protocol::PlanTree> readMariadbPlan(std::string_view json) {
  const auto document = parseUnescaped(json);
  if (!document) return document.error();
  auto read = readBlocks(*document, format);
  if (!read) return read;
  protocol::PlanTree tree = std::move(*read);
  totalUp(tree.root);
  fitTimes(tree.root);
  const auto block = document->find("query_block");
  const auto planning = document->find("query_optimization");
  if (planning != document->end() && planning->is_object())
    tree.planningMs = number(*planning, "r_total_time_ms");
  tree.analyzed = tree.planningMs.has_value() || block->contains("r_loops") ||
                  block->contains("r_total_time_ms");
  if (tree.analyzed) tree.executionMs = tree.root.totalMs;
  return tree;
}

}  // namespace mydba::mysql
