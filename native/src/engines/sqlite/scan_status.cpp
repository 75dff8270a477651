#include "engines/sqlite/scan_status.h"

#include <dlfcn.h>

#include <algorithm>

#include "engines/sqlite/plan_detail.h"
#include "plan/rule.h"
#include "plan/walk.h"

namespace mydba::sqlite {
namespace {

using ReadStatus = int (*)(sqlite3_stmt*, int, int, int, void*);

// Values of sqlite3.h 3.42; the header at hand may be older.
constexpr int loopsOf = 0;
constexpr int visitedOf = 1;
constexpr int explainOf = 4;
constexpr int cyclesOf = 7;
constexpr int everyStep = 1;  // SQLITE_SCANSTAT_COMPLEX: not the loops alone

/// Joins and compound queries are limited; a hostile statement must not fill the memory.
constexpr int mostSteps = 20000;

ReadStatus reader() {
  static const auto found =
      reinterpret_cast<ReadStatus>(::dlsym(RTLD_DEFAULT, "sqlite3_stmt_scanstatus_v2"));
  return found;
}

std::optional<std::int64_t> number(sqlite3_stmt* statement, int step, int what) {
  std::int64_t value = -1;
  if (reader()(statement, step, what, everyStep, &value) != 0 || value < 0) return std::nullopt;
  return value;
}

/// As EXPLAIN QUERY PLAN says it where the statement names the schema.
std::optional<std::string> withSchema(const protocol::PlanNode& node) {
  const std::string_view schema = plan::extra(node, "Schema");
  if (schema.empty() || !node.relation) return std::nullopt;
  return std::string(schema) + "." + *node.relation;
}

/// Steps of the plan in the order in which EXPLAIN QUERY PLAN has them, which is that of the status
/// too; a join and the root of several are of our own making and have none.
class Matcher {
 public:
  explicit Matcher(protocol::PlanTree& tree) {
    std::int64_t id = 0;
    plan::walk(tree.root, [&](protocol::PlanNode& node, protocol::PlanNode*, int) {
      node.id = id++;
      nodes_.push_back(&node);
    });
    taken_.resize(nodes_.size());
  }

  protocol::PlanNode* take(const std::string& detail) {
    const protocol::PlanNode wanted = readDetail(detail).node;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const protocol::PlanNode& node = *nodes_[i];
      const bool same = node.operation == wanted.operation && node.index == wanted.index &&
                        node.condition == wanted.condition &&
                        (node.relation == wanted.relation || node.alias == wanted.relation ||
                         withSchema(node) == wanted.relation);
      if (taken_[i] || !same) continue;
      taken_[i] = true;
      return nodes_[i];
    }
    return nullptr;
  }

 private:
  std::vector<protocol::PlanNode*> nodes_;
  std::vector<bool> taken_;
};

/// The status counts each step for itself. Plans are no deeper than plan/walk.h allows.
void addUp(protocol::PlanNode& node) {
  double total = node.selfMs.value_or(0);
  for (protocol::PlanNode& child : node.children) {
    addUp(child);
    total += child.totalMs.value_or(0);
  }
  node.totalMs = total;
}

}  // namespace

bool hasScanStatus() { return reader() != nullptr; }

ScanStatus scanStatus(sqlite3_stmt* statement) {
  ScanStatus status;
  if (!hasScanStatus()) return status;
  status.cycles = number(statement, -1, cyclesOf).value_or(0);
  for (int step = 0; step < mostSteps; ++step) {
    const char* detail = nullptr;
    if (reader()(statement, step, explainOf, everyStep, &detail) != 0) break;
    status.steps.push_back({.detail = detail ? detail : "",
                            .loops = number(statement, step, loopsOf),
                            .visited = number(statement, step, visitedOf),
                            .cycles = number(statement, step, cyclesOf)});
  }
  return status;
}

std::vector<protocol::ProfileStage> addScanStatus(const ScanStatus& status,
                                                  protocol::PlanTree& tree, double startMs,
                                                  double executionMs) {
  std::vector<protocol::ProfileStage> stages;
  Matcher matcher(tree);
  for (const ScanStep& step : status.steps) {
    protocol::PlanNode* node = matcher.take(step.detail);
    const double share = status.cycles > 0 ? static_cast<double>(step.cycles.value_or(0)) /
                                                 static_cast<double>(status.cycles)
                                           : 0;
    const double ms = std::min(1.0, share) * executionMs;
    std::vector<protocol::NamedValue> extra;
    if (step.loops) extra.push_back({"loops", std::to_string(*step.loops)});
    if (step.visited) extra.push_back({"rows visited", std::to_string(*step.visited)});
    if (node) {
      if (step.loops) node->loops = static_cast<double>(*step.loops);
      if (step.loops == 0) node->neverExecuted = true;
      // A loop counts what it looks at, before its conditions are tested.
      if (step.visited)
        (node->relation ? node->actualRead : node->actualRows) = static_cast<double>(*step.visited);
      if (step.cycles) {
        node->selfMs = ms;
        node->approximate = true;
      }
    }
    if (step.cycles)
      stages.push_back({.name = step.detail,
                        .kind = protocol::ProfileStageKind::step,
                        .startMs = startMs,
                        .durationMs = ms,
                        .level = 1,
                        .nodeId = node ? std::optional(node->id) : std::nullopt,
                        .approximate = true,
                        .extra = std::move(extra)});
  }
  if (!stages.empty()) addUp(tree.root);
  return stages;
}

}  // namespace mydba::sqlite
