// The order of a join, in the words of a trace.
//
// Considered plans are a tree: a node adds one table to those before it (`rest_of_plan`). A node
// without a rest is a whole plan, or one that was given up (`pruned_by_…`) because what it had cost
// by then was more than the best whole plan. MySQL notes with each node how its table is reached,
// and `"chosen": true` at a plan that was the best so far, so that the last of them won. MariaDB
// notes the ways to reach all tables that are left in `get_costs_for_tables`, beside the nodes, and
// the order that won in `best_join_order`.

#include "engines/mysql/trace_joins.h"

#include "engines/mysql/trace_access.h"

namespace mydba::mysql {
namespace {

/// Whole plans and given up ones that are kept; the winner is among them in any case.
constexpr std::size_t mostPlans = 200;

struct Stop {
  std::string table;
  const PlanJson* access = nullptr;  ///< `best_access_path`
};

struct Plan {
  std::vector<Stop> stops;
  std::optional<double> cost;
  std::optional<double> rows;
  std::optional<std::string> givenUp;
};

std::string nameOf(const std::vector<Stop>& stops) {
  std::string name;
  for (const Stop& stop : stops) name += (name.empty() ? "" : " → ") + stop.table;
  return shortened(name);
}

bool same(const std::vector<Stop>& stops, const std::vector<std::string>& order) {
  if (stops.size() != order.size()) return false;
  for (std::size_t i = 0; i < stops.size(); ++i)
    if (stops[i].table != order[i]) return false;
  return true;
}

class Considered {
 public:
  explicit Considered(const std::vector<std::string>& best) : best_(best) {}

  /// The depth is bounded by the parser's.
  void walk(const PlanJson& parent, const char* name) {
    const auto nodes = elements(parent, name);
    for (const PlanJson* node : nodes) {
      const auto table = aliasIn(*node);
      if (!table) continue;
      const PlanJson* access = member(*node, "best_access_path");
      way_.push_back({*table, access ? access : accessBeside(nodes, *table)});
      if (!elements(*node, "rest_of_plan").empty())
        walk(*node, "rest_of_plan");
      else if (node->contains("cost_for_plan"))
        keep(*node);
      way_.pop_back();
    }
  }

  const std::optional<Plan>& winner() const { return winner_; }
  const std::vector<Plan>& others() const { return others_; }
  std::size_t count() const { return count_; }

 private:
  static const PlanJson* accessBeside(const std::vector<const PlanJson*>& nodes,
                                      const std::string& table) {
    for (const PlanJson* node : nodes)
      for (const PlanJson* entry : elements(*node, "get_costs_for_tables"))
        if (const auto* access = member(*entry, "best_access_path");
            access && aliasIn(*access) == table)
          return access;
    return nullptr;
  }

  static std::optional<std::string> whyGivenUp(const PlanJson& node) {
    if (isTrue(node, "pruned_by_cost")) return "given up: by then it cost more than the best order";
    if (isTrue(node, "pruned_by_heuristic"))
      return "given up: another table here is better in rows and cost";
    if (isTrue(node, "pruned_by_eq_ref_heuristic"))
      return "given up: a row for each key, in whichever order, was tried in one order only";
    if (isTrue(node, "pruned_by_hanging_leaf")) return "given up: it leaves a table for later";
    return std::nullopt;
  }

  void keep(const PlanJson& node) {
    ++count_;
    Plan plan{.stops = way_,
              .cost = costOf(node, "cost_for_plan"),
              .rows = number(node, "rows_for_plan"),
              .givenUp = whyGivenUp(node)};
    const bool wins =
        best_.empty() ? isTrue(node, "chosen") : !plan.givenUp && same(plan.stops, best_);
    if (!wins) return add(std::move(plan));
    if (winner_) add(std::move(*winner_));
    winner_ = std::move(plan);
  }

  void add(Plan plan) {
    if (others_.size() < mostPlans) others_.push_back(std::move(plan));
  }

  const std::vector<std::string>& best_;
  std::vector<Stop> way_;
  std::optional<Plan> winner_;
  std::vector<Plan> others_;
  std::size_t count_ = 0;
};

protocol::TraceStep stopStep(const std::vector<Stop>& stops, std::size_t at) {
  protocol::TraceStep step{.title = "How to reach " + stops[at].table,
                           .text = {},
                           .table = stops[at].table,
                           .options = {},
                           .steps = {}};
  if (at > 0) step.title += " from " + stops[at - 1].table;
  if (stops[at].access) step.options = accessOptions(*stops[at].access);
  step.text = outcome(step.options);
  return step;
}

}  // namespace

std::vector<std::string> bestJoinOrder(const PlanJson& step) {
  std::vector<std::string> order;
  for (const PlanJson* table : elements(step, "best_join_order"))
    if (table->is_string()) order.push_back(aliasOf(table->get<std::string>()));
  return order;
}

std::optional<protocol::TraceStep> joinStep(const PlanJson& step,
                                            const std::vector<std::string>& best) {
  Considered considered(best);
  considered.walk(step, "considered_execution_plans");
  if (considered.count() == 0) return std::nullopt;
  protocol::TraceStep told{
      .title = "In which order to join", .text = {}, .table = {}, .options = {}, .steps = {}};
  const auto& winner = considered.winner();
  if (winner) {
    const bool alone = winner->stops.size() == 1;
    if (alone) told.title = "How to reach the table";
    told.options.push_back({.name = nameOf(winner->stops),
                            .cost = winner->cost,
                            .rows = winner->rows,
                            .chosen = true,
                            .reason = {}});
    for (std::size_t i = 0; i < winner->stops.size(); ++i)
      told.steps.push_back(stopStep(winner->stops, i));
    if (!alone) told.text = nameOf(winner->stops);
  }
  for (const Plan& plan : considered.others())
    told.options.push_back(
        {.name = nameOf(plan.stops),
         .cost = plan.cost,
         .rows = plan.rows,
         .chosen = false,
         .reason = plan.givenUp ? plan.givenUp : "a whole plan that costs more"});
  arrange(told.options);
  if (winner && considered.count() > 1)
    told.text = told.text.value_or("") + ", the best of " + std::to_string(considered.count()) +
                " that were considered.";
  return told;
}

}  // namespace mydba::mysql
