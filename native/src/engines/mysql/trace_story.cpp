// An optimizer trace as a story.
//
// A trace is a list of steps, each an object with one member whose name says what was decided. What
// is told here are the decisions that a person can do something about: rewrites, how each table is
// read, the order of the join, conditions pushed to a table or an index, sorting and grouping.
// Bookkeeping (dependencies, uses of keys, code generation) is left to the raw text.
//
// Sources: "Tracing the Optimizer", MySQL 9 manual; "Optimizer Trace Guide", MariaDB manual. Their
// traces have the same shape and differ in names (`select#`, `select_id`) and in where a join says
// how a table is reached (trace_joins.cpp).

#include <string>

#include "engines/mysql/mariadb_json.h"
#include "engines/mysql/optimizer_trace.h"
#include "engines/mysql/trace_access.h"
#include "engines/mysql/trace_joins.h"

namespace mydba::mysql {
namespace {

using protocol::TraceStep;
using Steps = std::vector<TraceStep>;

/// Of one list; a statement with that many subqueries is not read to its end.
constexpr std::size_t mostSteps = 300;

TraceStep titled(std::string title, std::optional<std::string> text = {}) {
  return {
      .title = std::move(title), .text = std::move(text), .table = {}, .options = {}, .steps = {}};
}

std::string blockOf(const PlanJson& body) {
  auto number = mysql::number(body, "select#");
  if (!number) number = mysql::number(body, "select_id");
  return number ? "query block " + figure(*number) : "a query block";
}

Steps tellAll(const PlanJson& parent, const char* name);

/// A list that holds strings as words.
std::string words(const PlanJson& object, const char* name) {
  std::string all;
  for (const PlanJson* element : elements(object, name))
    if (element->is_string())
      all += (all.empty() ? "" : ", ") + shortened(element->get<std::string>());
  return all;
}

void tellRewrite(const PlanJson& body, Steps& into) {
  const auto from = text(body, "from"), to = text(body, "to");
  if (!from || !to) return;
  const bool done = isTrue(body, "chosen") || isTrue(body, "converted_to_semi_join");
  auto step = titled("Rewrite " + shortened(*from) + " as " + shortened(*to));
  const auto why = reasonOf(body);
  if (done)
    step.text = "Done.";
  else if (why)
    step.text = "Not done: " + *why + ".";
  else
    step.text = isTrue(body, "possible") ? "Possible." : "Not done.";
  into.push_back(std::move(step));
}

/// Each simplification that changed something.
void tellCondition(const PlanJson& body, Steps& into) {
  auto step = titled("Simplify the " + shortened(text(body, "condition").value_or("condition")));
  std::string before = text(body, "original_condition").value_or("");
  for (const PlanJson* change : elements(body, "steps")) {
    const auto after = text(*change, "resulting_condition");
    if (!after || *after == before) continue;
    std::string name = text(*change, "transformation").value_or("change");
    for (char& c : name) c = c == '_' ? ' ' : c;
    step.steps.push_back(titled(shortened(name), shortened(*after)));
    before = *after;
  }
  if (!step.steps.empty()) into.push_back(std::move(step));
}

void tellRows(const PlanJson& parent, const char* name, bool again, Steps& into) {
  for (const PlanJson* table : elements(parent, name))
    if (auto step = readingStep(*table, again)) into.push_back(std::move(*step));
}

/// Conditions that a step checks by itself, and the ways to read that they open.
void tellAttached(const PlanJson& body, Steps& into) {
  tellRows(body, "attached_conditions_computation", /*again=*/true, into);
  auto step = titled("Where each condition is checked");
  for (const PlanJson* entry : elements(body, "attached_conditions_summary")) {
    const auto table = aliasIn(*entry);
    auto condition = text(*entry, "attached");
    if (!condition) condition = text(*entry, "attached_condition");
    if (!table || !condition) continue;
    auto one = titled("At " + *table, shortened(*condition));
    one.table = table;
    step.steps.push_back(std::move(one));
  }
  if (!step.steps.empty()) into.push_back(std::move(step));
}

void tellPushed(const PlanJson& parent, Steps& into) {
  for (const PlanJson* entry : elements(parent, "refine_plan")) {
    const auto table = aliasIn(*entry);
    const auto condition = text(*entry, "pushed_index_condition");
    if (!table || !condition) continue;
    auto step = titled("Check inside the index of " + *table, shortened(*condition));
    step.table = table;
    into.push_back(std::move(step));
  }
}

/// An index that may give the order, as MariaDB weighs it.
protocol::TraceOption orderOption(const PlanJson& key, std::string index) {
  auto reason = reasonOf(key);
  if (key.contains("can_resolve_order") && !isTrue(key, "can_resolve_order"))
    reason = "its order is another one";
  auto rows = number(key, "rows_to_examine");
  if (!rows) rows = number(key, "records");
  auto cost = costOf(key, "scan_cost");
  if (!cost) cost = costOf(key);
  return {.name = shortened(index),
          .cost = cost,
          .rows = rows,
          .chosen = isTrue(key, "chosen"),
          .reason = std::move(reason)};
}

/// `clause` is read in order by an index, or sorted.
void tellOrder(const PlanJson& body, Steps& into) {
  auto step = titled("How to get the order of " + shortened(text(body, "clause").value_or("rows")));
  step.table = aliasIn(body);
  std::optional<std::string> provider;
  if (const auto* summary = member(body, "index_order_summary")) {
    step.table = aliasIn(*summary);
    if (isTrue(*summary, "index_provides_order")) provider = text(*summary, "index");
  }
  for (const PlanJson* key : elements(body, "possible_keys"))
    if (auto index = text(*key, "index"))
      step.options.push_back(orderOption(*key, std::move(*index)));
  arrange(step.options);
  if (!step.options.empty() && step.options[0].chosen) provider = step.options[0].name;
  if (!step.table && step.options.empty()) return;
  step.text = provider ? "The index " + shortened(*provider) + " gives it."
                       : "No index gives it: the rows are sorted.";
  into.push_back(std::move(step));
}

void tellSimplified(const PlanJson& body, Steps& into) {
  for (const auto& [name, title] : {std::pair{"simplifying_order_by", "Simplify ORDER BY"},
                                    {"simplifying_group_by", "Simplify GROUP BY"},
                                    {"simplifying_distinct", "Simplify DISTINCT"}}) {
    const auto* clause = member(body, name);
    if (!clause) continue;
    const auto before = text(*clause, "original_clause"), after = text(*clause, "resulting_clause");
    if (before && after && before != after)
      into.push_back(titled(title, shortened(*before) + " → " + shortened(*after)));
  }
}

void tellTemporary(const PlanJson& parent, Steps& into) {
  for (const PlanJson* entry : elements(parent, "considering_tmp_tables")) {
    if (!entry->is_object()) continue;
    if (entry->contains("adding_tmp_table_in_plan_at_position")) {
      std::string how = text(*entry, "write_method").value_or("");
      for (char& c : how) c = c == '_' ? ' ' : c;
      into.push_back(titled("Collect rows in a temporary table", shortened(how)));
    }
    if (const auto sorted = text(*entry, "adding_sort_to_table"))
      into.push_back(
          titled(sorted->empty() ? "Sort the temporary table" : "Sort " + aliasOf(*sorted)));
  }
}

void tellPulledOut(const PlanJson& step, Steps& into) {
  std::string tables;
  if (const auto* body = member(step, "semijoin_table_pullout"))
    tables = words(*body, "pulled_out_tables");
  for (const PlanJson* entry : elements(step, "pulled_out_semijoin_tables"))
    if (const auto table = aliasIn(*entry)) tables += (tables.empty() ? "" : ", ") + *table;
  if (!tables.empty())
    into.push_back(titled("Join the subquery's tables like any other",
                          tables + ": at most one of its rows fits, so the semijoin is a join."));
}

/// A query block's part; its steps are within it.
void tellPart(const std::string& title, const PlanJson& body, Steps& into) {
  auto step = titled(title + blockOf(body));
  step.steps = tellAll(body, "steps");
  if (!step.steps.empty()) into.push_back(std::move(step));
}

void tellOne(const PlanJson& step, const std::vector<std::string>& best, Steps& into) {
  if (const auto* body = member(step, "join_preparation")) tellPart("Prepare ", *body, into);
  if (const auto* body = member(step, "join_optimization")) tellPart("Optimize ", *body, into);
  if (const auto* body = member(step, "transformation")) tellRewrite(*body, into);
  if (const auto* body = member(step, "transformations_to_nested_joins"))
    if (const auto list = words(*body, "transformations"); !list.empty())
      into.push_back(titled("Rewrite the joins", list));
  if (const auto* body = member(step, "condition_processing")) tellCondition(*body, into);
  tellPulledOut(step, into);
  tellRows(step, "rows_estimation", /*again=*/false, into);
  // An UPDATE or DELETE of one table has no list of them.
  if (member(step, "range_analysis"))
    if (auto told = readingStep(step)) into.push_back(std::move(*told));
  if (auto told = joinStep(step, best)) into.push_back(std::move(*told));
  if (const auto* body = member(step, "attaching_conditions_to_tables")) tellAttached(*body, into);
  if (const auto* body = member(step, "optimizing_distinct_group_by_order_by"))
    tellSimplified(*body, into);
  if (const auto* body = member(step, "reconsidering_access_paths_for_index_ordering"))
    tellOrder(*body, into);
  for (const PlanJson* entry : elements(step, "test_if_skip_sort_order"))
    if (const auto* body = member(*entry, "reconsidering_access_paths_for_index_ordering"))
      tellOrder(*body, into);
  tellPushed(step, into);
  tellTemporary(step, into);
}

/// The depth is bounded by the parser's.
Steps tellAll(const PlanJson& parent, const char* name) {
  Steps told;
  const auto steps = elements(parent, name);
  for (std::size_t i = 0; i < steps.size() && told.size() < mostSteps; ++i) {
    // MariaDB names the best order in a step after those that it considered.
    std::vector<std::string> best;
    for (std::size_t later = i; later < steps.size() && best.empty(); ++later)
      if (steps[i]->is_object() && steps[i]->contains("considered_execution_plans"))
        best = bestJoinOrder(*steps[later]);
    tellOne(*steps[i], best, told);
  }
  return told;
}

}  // namespace

Result<Steps> storyOf(std::string_view trace) {
  const auto json = parseUnescaped(trace, "trace");
  if (!json) return json.error();
  return tellAll(*json, "steps");
}

}  // namespace mydba::mysql
