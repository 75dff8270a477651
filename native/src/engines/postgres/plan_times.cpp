// Where time is spent.
//
// EXPLAIN hangs an init-plan or CTE on the topmost step of its query level, but it runs inside
// of the step that first needs its value (execProcnode.c, ExecSetParamPlan): its time and pages are
// among those of that step and of every step between the two. So they are taken from the step that
// ran it, and not from the one that it hangs on:
//
// - a CTE runs inside of the CTE Scans of its name, each of which pulls what is still missing;
// - an init-plan runs in a step whose expressions name it: `$0` until 16, `(InitPlan 1).col1` since
//   17. A list of results is shown only with VERBOSE; then it is the step whose time has room;
// - what parallel workers need was computed by their Gather before they started;
// - a CTE that changes data and is not read runs after the plan: nobody's time contains it.
//
// Averages of loops are rounded to a microsecond, so inputs that ran often may seem to take longer
// than the step that ran them. They are made to fit, within what rounding can explain.

#include "engines/postgres/plan_times.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plan/derive.h"
#include "plan/walk.h"

namespace mydba::postgres {
namespace {

using protocol::PlanNode;
using protocol::PlanRole;

bool isInitPlan(const PlanNode& node) { return node.role == PlanRole::initplan; }
double timeOf(const PlanNode& node) { return node.totalMs.value_or(0); }

/// The most by which rounding may have changed the time of a step, in ms.
double roundingOf(const PlanNode& node) {
  constexpr double perLoop = 0.0005;
  return perLoop * node.loops.value_or(1);
}

/// By how much the inputs of a step seem to take longer than the step.
double excessOf(const PlanNode& node) {
  double excess = -timeOf(node);
  for (const PlanNode& child : node.children)
    if (!isInitPlan(child)) excess += timeOf(child);
  return excess;
}

/// Inputs first: a step that ran often and always too fast to be seen took at least their time.
void raise(PlanNode& node) {
  for (PlanNode& child : node.children) raise(child);
  if (node.totalMs && node.loops.value_or(1) > 1)
    *node.totalMs += std::clamp(excessOf(node), 0.0, roundingOf(node));
}

/// Then from the top: what still is too much is taken from the inputs that ran often.
void lower(PlanNode& node) {
  const auto most = [](const PlanNode& child) {
    return isInitPlan(child) ? 0.0 : std::min(timeOf(child), roundingOf(child));
  };
  double sum = 0;
  for (const PlanNode& child : node.children) sum += most(child);
  if (const double excess = excessOf(node); node.totalMs && excess > 0 && sum > 0) {
    const double part = std::min(1.0, excess / sum);
    for (PlanNode& child : node.children)
      if (child.totalMs) *child.totalMs -= part * most(child);
  }
  for (PlanNode& child : node.children) lower(child);
}

/// `$1` is not in `$12`.
bool names(std::string_view text, std::string_view reference) {
  for (auto at = text.find(reference); at != text.npos; at = text.find(reference, at + 1)) {
    const auto end = at + reference.size();
    if (end == text.size() || text[end] < '0' || text[end] > '9') return true;
  }
  return false;
}

bool names(const PlanNode& node, const std::vector<std::string>& references) {
  const auto in = [&](std::string_view text) {
    return std::any_of(references.begin(), references.end(),
                       [&](const std::string& reference) { return names(text, reference); });
  };
  return in(node.condition.value_or("")) || in(node.filter.value_or("")) ||
         std::any_of(node.extra.begin(), node.extra.end(),
                     [&](const protocol::NamedValue& field) { return in(field.value); });
}

/// How expressions name an init-plan: of `InitPlan 2 (returns $1,$2)`, `$1` and `$2`.
std::vector<std::string> referencesTo(const std::string& subplan) {
  std::vector<std::string> found{"(" + subplan + ")"};
  for (auto at = subplan.find('$'); at != subplan.npos; at = subplan.find('$', at + 1))
    found.push_back(subplan.substr(at, subplan.find_first_of(",)", at) - at));
  return found;
}

class Attribution {
 public:
  explicit Attribution(PlanNode& root) {
    plan::walk(root, [&](PlanNode& node, PlanNode* parent, int) {
      parents_[&node] = parent;
      if (isInitPlan(node) && parent) initPlans_.push_back(&node);
    });
  }

  void run() {
    // A real plan has a handful; a file may have as many as it likes.
    if (initPlans_.empty() || initPlans_.size() * parents_.size() > 1'000'000) return;
    for (const PlanNode* plan : initPlans_) own_.try_emplace(parents_[plan], Own{});
    for (PlanNode* plan : initPlans_) give(*plan);
    for (auto& [node, own] : own_) settle(*const_cast<PlanNode*>(node), own);
  }

 private:
  struct Part {
    const PlanNode* plan;
    double share;  ///< of the plan, 0 to 1
  };
  struct Own {
    std::vector<Part> ran = {};
  };

  /// What a step itself takes, as far as it is known by now.
  double room(const PlanNode& node) const {
    double own = timeOf(node);
    for (const PlanNode& child : node.children)
      if (!isInitPlan(child)) own -= timeOf(child);
    if (const auto found = own_.find(&node); found != own_.end())
      for (const Part& part : found->second.ran) own -= part.share * timeOf(*part.plan);
    return own;
  }

  void give(PlanNode& plan) {
    const std::string subplan = plan.subplan.value_or("");
    if (plan.neverExecuted) return;
    if (subplan.starts_with("CTE "))
      giveToScans(plan, subplan.substr(4));
    else
      giveTo(runnerOf(plan, subplan), {.plan = &plan, .share = 1});
  }

  void giveTo(const PlanNode* node, Part part) { own_[node].ran.push_back(part); }

  void giveToScans(PlanNode& plan, std::string_view name) {
    double missing = 1;
    plan::walk(*parents_[&plan], [&](const PlanNode& node, const PlanNode*, int) {
      if (missing <= 0 || node.neverExecuted || !node.operation.starts_with("CTE Scan") ||
          node.relation != name)
        return;
      const double whole = timeOf(plan);
      const double part = whole > 0 ? std::clamp(room(node) / whole, 0.0, missing) : missing;
      if (part > 0) giveTo(&node, {.plan = &plan, .share = part});
      missing -= part;
    });
  }

  const PlanNode* runnerOf(const PlanNode& plan, const std::string& subplan) {
    const auto references = referencesTo(subplan);
    const PlanNode *host = parents_[&plan], *named = nullptr, *roomiest = host;
    plan::walk(*host, [&](const PlanNode& node, const PlanNode*, int) {
      if (node.neverExecuted || isWithin(node, plan)) return;
      const PlanNode* runner = leaderOf(node, *host);
      if (names(node, references) && (!named || room(*runner) > room(*named))) named = runner;
      if (room(*runner) > room(*roomiest)) roomiest = runner;
    });
    if (named) return named;
    return room(*host) >= timeOf(plan) ? host : roomiest;
  }

  bool isWithin(const PlanNode& node, const PlanNode& plan) {
    for (const PlanNode* at = &node; at; at = parents_[at])
      if (at == &plan) return true;
    return false;
  }

  /// The topmost Gather between a step and the host of an init-plan, else the step.
  const PlanNode* leaderOf(const PlanNode& node, const PlanNode& host) {
    const PlanNode* leader = &node;
    for (const PlanNode* at = &node; at; at = parents_[at]) {
      if (at->operation.starts_with("Gather")) leader = at;
      if (at == &host) break;
    }
    return leader;
  }

  static void settle(PlanNode& node, const Own& own) {
    if (node.totalMs) node.selfMs = *node.totalMs;
    node.selfBuffers = node.buffers;
    const auto without = [&](const PlanNode& other, double share) {
      if (node.selfMs) *node.selfMs = std::max(0.0, *node.selfMs - share * timeOf(other));
      if (node.selfBuffers && other.buffers)
        node.selfBuffers = plan::pagesWithout(*node.selfBuffers, *other.buffers, share);
    };
    for (const PlanNode& child : node.children)
      if (!isInitPlan(child)) without(child, 1);
    for (const Part& part : own.ran) without(*part.plan, part.share);
  }

  std::map<const PlanNode*, const PlanNode*> parents_;
  std::vector<PlanNode*> initPlans_;  // in pre-order
  std::map<const PlanNode*, Own> own_;
};

}  // namespace

void attributeTimes(PlanNode& root) {
  raise(root);
  lower(root);
  Attribution(root).run();
}

}  // namespace mydba::postgres
