#include "engines/postgres/plan_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "engines/postgres/plan_fields.h"
#include "engines/postgres/plan_operation.h"
#include "engines/postgres/plan_times.h"
#include "plan/walk.h"

namespace mydba::postgres {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::PlanRole;
using protocol::PlanTree;

constexpr double kilobyte = 1024;

OperationParts operationParts(Fields& fields) {
  return {.type = fields.text("Node Type").value_or("Unknown"),
          .joinType = fields.text("Join Type").value_or(""),
          .strategy = fields.text("Strategy").value_or(""),
          .partialMode = fields.text("Partial Mode").value_or(""),
          .operation = fields.text("Operation").value_or(""),
          .scanDirection = fields.text("Scan Direction").value_or(""),
          .provider = fields.text("Custom Plan Provider").value_or(""),
          .command = fields.text("Command").value_or(""),
          .parallelAware = fields.truth("Parallel Aware")};
}

std::optional<double> times(std::optional<double> value, double factor) {
  return value ? std::optional(*value * factor) : std::nullopt;
}

/// Rows of all loops. Averages are rounded (to whole rows until 17, to hundredths since).
std::optional<double> rowsOf(std::optional<double> average, double loops) {
  return average ? std::optional(std::round(*average * loops)) : std::nullopt;
}

std::optional<std::int64_t> whole(std::optional<double> value) {
  return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

/// Who runs a step.
struct Below {
  double processes = 1;
  double share = 1;  ///< what to multiply the planned rows of all loops of a shared step by
};

/// What the planner divides by (costsize.c, get_parallel_divisor): the leader helps less the more
/// workers there are.
double parallelDivisor(double workers) { return workers + std::max(0.0, 1 - 0.3 * workers); }

/// Processes that run what is below a Gather: as often as its input ran for one run of its own.
Below gathered(const Fields& fields, const PlanArray& plans, const PlanNode& gather) {
  Below below;
  const double leader = fields.isTrue("Single Copy") ? 0 : 1;
  if (gather.workersLaunched)
    below.processes = std::max(1.0, static_cast<double>(*gather.workersLaunched) + leader);
  for (const PlanValue plan : plans) {
    if (gather.loops.value_or(0) <= 0) break;
    const Fields input(plan);
    const auto ran = input.peek("Actual Loops");
    if (input.says("Parent Relationship", "Outer") && ran && *ran > 0)
      below.processes = std::max(1.0, *ran / *gather.loops);
  }
  if (gather.workersPlanned)
    below.share = parallelDivisor(static_cast<double>(*gather.workersPlanned)) / below.processes;
  return below;
}

PlanRole roleOf(std::string_view relationship, PlanCategory parent) {
  if (relationship == "InitPlan") return PlanRole::initplan;
  if (relationship == "SubPlan") return PlanRole::subplan;
  if (relationship == "Member" || parent == PlanCategory::set) return PlanRole::member;
  if (relationship == "Inner") return PlanRole::inner;
  return parent == PlanCategory::join ? PlanRole::outer : PlanRole::input;
}

void readRemoved(Fields& fields, PlanNode& node) {
  const double loops = node.loops.value_or(1);
  node.rowsRemoved = rowsOf(fields.counter("Rows Removed by Filter"), loops);
  node.rowsRemovedByJoin = rowsOf(fields.counter("Rows Removed by Join Filter"), loops);
  node.rowsRemovedByRecheck = rowsOf(fields.counter("Rows Removed by Index Recheck"), loops);
}

void readNumbers(Fields& fields, PlanNode& node, double processes) {
  node.startupCost = fields.number("Startup Cost");
  node.totalCost = fields.number("Total Cost");
  node.width = fields.number("Plan Width");
  node.loops = fields.number("Actual Loops");
  const double loops = node.loops.value_or(1);
  node.neverExecuted = node.loops && loops == 0 ? std::optional(true) : std::nullopt;
  // An average of several loops was rounded by the server.
  if (loops > 1) node.approximate = true;
  const auto planned = fields.number("Plan Rows");
  node.estimatedRows = node.neverExecuted ? planned : times(planned, loops);
  node.actualRows = rowsOf(fields.number("Actual Rows"), loops);
  node.totalMs = times(fields.number("Actual Total Time"), loops / processes);
  if (node.neverExecuted) {  // JSON has zeros for it, text has nothing
    fields.number("Actual Startup Time");
    node.actualRows = node.totalMs = std::nullopt;
  }
  readRemoved(fields, node);
  node.buffers = readBuffers(fields);
  node.wal = readWal(fields);
  if (fields.truth("Disabled")) node.disabled = true;
}

/// Memory and disk of one process: of sorts, hashes, aggregates, and of stores (18).
struct Space {
  double memory = 0, disk = 0;
};

Space spaceOf(const Fields& fields) {
  Space space{.memory = fields.peek("Peak Memory Usage").value_or(0),
              .disk = fields.peek("Disk Usage").value_or(0)};
  const auto add = [&](std::string_view kind, std::string_view size) {
    if (fields.says(kind, "Memory"))
      space.memory = std::max(space.memory, fields.peek(size).value_or(0));
    if (fields.says(kind, "Disk")) space.disk += fields.peek(size).value_or(0);
  };
  add("Sort Space Type", "Sort Space Used");
  add("Storage", "Maximum Storage");
  for (const std::string_view groups : {"Full-sort Groups", "Pre-sorted Groups"}) {
    const auto sorts = fields.peekObject(groups);
    if (!sorts) continue;
    const auto peak = [&](std::string_view where) {
      const auto found = Fields(*sorts).peekObject(where);
      return found ? Fields(*found).peek("Peak Sort Space Used").value_or(0) : 0;
    };
    space.memory = std::max(space.memory, peak("Sort Space Memory"));
    space.disk = std::max(space.disk, peak("Sort Space Disk"));
  }
  return space;
}

/// The memory of the process that held most, the disk space of all together.
void readSpace(const Fields& fields, const std::vector<PlanValue>& workers, PlanNode& node) {
  Space most = spaceOf(fields);
  for (const PlanValue worker : workers) {
    const Space one = spaceOf(Fields(worker));
    most.memory = std::max(most.memory, one.memory);
    most.disk += one.disk;
  }
  if (most.memory > 0) node.memoryBytes = most.memory * kilobyte;
  if (most.disk > 0) node.diskBytes = most.disk * kilobyte;
}

protocol::PlanWorker readWorker(PlanValue object) {
  Fields fields(object);
  protocol::PlanWorker worker{.number = whole(fields.number("Worker Number")).value_or(0)};
  worker.loops = fields.number("Actual Loops");
  worker.actualRows = rowsOf(fields.number("Actual Rows"), worker.loops.value_or(1));
  worker.totalMs = times(fields.number("Actual Total Time"), worker.loops.value_or(1));
  worker.extra = fields.rest();
  return worker;
}

void readWorkers(Fields& fields, PlanNode& node) {
  node.workersPlanned = whole(fields.number("Workers Planned"));
  node.workersLaunched = whole(fields.number("Workers Launched"));
  std::vector<PlanValue> workers;
  if (const auto listed = fields.array("Workers"))
    for (const PlanValue worker : *listed)
      if (worker.is_object()) workers.push_back(worker);
  readSpace(fields, workers, node);
  if (workers.empty()) return;
  node.workers.emplace();
  for (const PlanValue worker : workers) node.workers->push_back(readWorker(worker));
}

void readNames(Fields& fields, PlanNode& node) {
  node.relation = fields.firstText(
      {"Relation Name", "CTE Name", "Function Name", "Table Function Name", "Tuplestore Name"});
  node.alias = fields.text("Alias");
  if (node.alias == node.relation) node.alias.reset();
  node.index = fields.text("Index Name");
  node.condition =
      fields.firstText({"Index Cond", "Hash Cond", "Merge Cond", "TID Cond", "Recheck Cond"});
  node.filter = fields.firstText({"Filter", "Join Filter", "One-Time Filter"});
  node.subplan = fields.text("Subplan Name");
}

/// A step that hands on every row, so that its count, exact, is that of its input, averaged.
bool handsOnEveryRow(const PlanNode& node) {
  constexpr std::array<std::string_view, 5> names{"Gather", "Gather Merge", "Sort",
                                                  "Incremental Sort", "Hash"};
  return std::find(names.begin(), names.end(), node.operation) != names.end();
}

void settleRows(PlanNode& node) {
  if (!node.actualRows || !handsOnEveryRow(node)) return;
  for (PlanNode& input : node.children) {
    if (input.role != PlanRole::input || !input.actualRows || !input.loops) continue;
    const double rounding = 0.5 * *input.loops;
    if (std::abs(*input.actualRows - *node.actualRows) <= rounding)
      input.actualRows = node.actualRows;
  }
}

/// More than a person or a server ever made; a step takes more than a kilobyte, and a hostile text
/// three bytes for one.
constexpr std::size_t mostSteps = 100'000;
constexpr std::size_t mostWarnings = 100;

class PlanReader {
 public:
  PlanNode root(PlanValue object) {
    PlanNode root;
    read(object, {}, root);
    plan::walk(root, [](PlanNode& node, PlanNode*, int) { settleRows(node); });
    attributeTimes(root);
    if (steps_ > mostSteps)
      warnings.push_back("only the first " + std::to_string(mostSteps) + " steps were read");
    return root;
  }

  std::vector<std::string> warnings;

 private:
  /// True when the processes below a Gather share the rows of this step.
  bool read(PlanValue object, Below below, PlanNode& node) {
    Fields fields(object);
    const auto parts = operationParts(fields);
    node.operation = operationName(parts);
    node.category = operationCategory(parts);
    if (node.category == PlanCategory::other && !knownOther(parts.type))
      warn("unknown step \"" + parts.type + "\"");
    readNames(fields, node);
    readNumbers(fields, node, below.processes);
    readWorkers(fields, node);
    fields.text("Parent Relationship");  // is the child's role
    bool shared = parts.parallelAware;
    if (const auto plans = fields.array("Plans"))
      shared |= readChildren(*plans, fields, below, node) && !parts.type.starts_with("Gather");
    if (shared && !node.neverExecuted) node.estimatedRows = times(node.estimatedRows, below.share);
    node.extra = fields.rest();
    return shared;
  }

  /// True when a step shares its rows among processes because one of these does.
  bool readChildren(const PlanArray& plans, const Fields& fields, Below below, PlanNode& node) {
    const Below inputs =
        node.category == PlanCategory::parallel ? gathered(fields, plans, node) : below;
    node.children.reserve(std::min(plans.size(), mostSteps - std::min(steps_, mostSteps)));
    bool shared = false;
    for (const PlanValue child : plans) {
      if (!child.is_object())
        warn("a child of \"" + node.operation + "\" is not an object");
      else if (++steps_ <= mostSteps)
        shared |= readChild(child, inputs, below, node);
    }
    return shared;
  }

  bool readChild(PlanValue object, Below inputs, Below others, PlanNode& parent) {
    std::string_view relationship;
    if (object["Parent Relationship"].get(relationship)) relationship = {};
    const PlanRole role = roleOf(relationship, parent.category);
    const bool apart = role == PlanRole::initplan || role == PlanRole::subplan;
    PlanNode& node = parent.children.emplace_back();
    const bool shared = read(object, apart ? others : inputs, node);
    node.role = role;
    return shared && (role == PlanRole::input || role == PlanRole::outer);
  }

  void warn(std::string text) {
    if (warnings.size() < mostWarnings) warnings.push_back(std::move(text));
  }

  std::size_t steps_ = 0;  ///< below the root
};

/// Plan-wide facts, objects taken apart: `Settings work_mem`, `Planning Memory Used`.
void readSettings(const std::string& prefix, PlanValue object, PlanTree& tree) {
  Fields fields(object);
  if (prefix == "Planning") tree.planningBuffers = readBuffers(fields);
  for (auto& [name, value] : fields.rest())
    tree.settings.push_back({prefix.empty() ? name : prefix + " " + name, std::move(value)});
}

void readTriggers(const PlanArray& triggers, PlanTree& tree) {
  if (triggers.size() == 0) return;
  tree.triggers.emplace();
  for (const PlanValue trigger : triggers) {
    if (!trigger.is_object()) continue;
    Fields fields(trigger);
    tree.triggers->push_back(
        {.name = fields.firstText({"Constraint Name", "Trigger Name"}).value_or("?"),
         .relation = fields.text("Relation"),
         .calls = fields.number("Calls"),
         .totalMs = fields.number("Time")});
  }
}

/// A time of JIT: a number until 16; since 17 that of generation has parts.
std::optional<double> jitTime(PlanValue timing, std::string_view name) {
  Fields fields(timing);
  if (const auto ms = fields.number(name)) return ms;
  const auto parts = fields.object(name);
  return parts ? Fields(*parts).number("Total") : std::nullopt;
}

void readJit(PlanValue object, PlanTree& tree) {
  Fields fields(object);
  protocol::PlanJit jit{.functions = fields.number("Functions")};
  if (const auto timing = fields.object("Timing")) {
    jit.generationMs = jitTime(*timing, "Generation");
    jit.inliningMs = jitTime(*timing, "Inlining");
    jit.optimizationMs = jitTime(*timing, "Optimization");
    jit.emissionMs = jitTime(*timing, "Emission");
    jit.totalMs = jitTime(*timing, "Total");
  }
  tree.jit = jit;
  if (const auto options = fields.object("Options"))
    for (const std::string_view name : Fields(*options).trueOnes())
      tree.settings.push_back({"JIT " + std::string(name), "true"});
}

void readSerialization(PlanValue object, PlanTree& tree) {
  Fields fields(object);
  tree.serialization = {.totalMs = fields.number("Time"),
                        .bytes = times(fields.number("Output Volume"), kilobyte),
                        .buffers = readBuffers(fields)};
  for (auto& [name, value] : fields.rest())
    tree.settings.push_back({"Serialization " + name, std::move(value)});
}

void readWhole(PlanValue top, PlanTree& tree) {
  Fields fields(top);
  fields.object("Plan");
  tree.planningMs = fields.number("Planning Time");
  tree.executionMs = fields.number("Execution Time");
  tree.analyzed = tree.executionMs.has_value() || tree.root.loops.has_value();
  tree.sql = fields.text("Query Text").value_or("");
  if (const auto triggers = fields.array("Triggers")) readTriggers(*triggers, tree);
  if (const auto jit = fields.object("JIT")) readJit(*jit, tree);
  if (const auto made = fields.object("Serialization")) readSerialization(*made, tree);
  // A number of 64 bits, which would not survive as a double.
  if (std::int64_t id = 0; !top["Query Identifier"].get(id)) {
    fields.number("Query Identifier");
    tree.queryId = std::to_string(id);
  }
  for (const char* section : {"Settings", "Planning"})
    if (const auto facts = fields.object(section)) readSettings(section, *facts, tree);
  for (auto& fact : fields.rest()) tree.settings.push_back(std::move(fact));
}

Result<PlanTree> readObject(PlanValue object, std::string_view version) {
  if (!object.is_object()) return notAPlan("it has no object");
  PlanValue plan;
  if (object["Plan"].get(plan) || !plan.is_object()) return notAPlan("it has no member \"Plan\"");
  PlanTree tree{.engine = "postgres", .version = std::string(version)};
  PlanReader reader;
  tree.root = reader.root(plan);
  tree.warnings = std::move(reader.warnings);
  readWhole(object, tree);
  tree.format = protocol::PlanFormat::json;
  return tree;
}

}  // namespace

Result<std::vector<PlanTree>> readPlans(std::string_view text, std::string_view version) {
  const auto document = PlanDocument::parse(text);
  if (!document) return document.error();
  std::vector<PlanTree> trees;
  const auto add = [&](PlanValue object) -> Result<void> {
    auto tree = readObject(object, version);
    if (!tree) return tree.error();
    trees.push_back(std::move(*tree));
    trees.back().raw = text;
    return {};
  };
  PlanArray statements;
  if (document->root().get(statements)) {
    if (const auto added = add(document->root()); !added) return added.error();
    return trees;
  }
  if (statements.size() == 0) return notAPlan("the statement has no plan");
  for (const PlanValue object : statements)
    if (const auto added = add(object); !added) return added.error();
  return trees;
}

Result<PlanTree> readPlan(std::string_view text, std::string_view version) {
  auto trees = readPlans(text, version);
  if (!trees) return trees.error();
  PlanTree first = std::move(trees->front());
  if (trees->size() > 1)
    first.warnings.push_back("a rule made several statements of this one; the first is shown");
  return first;
}

}  // namespace mydba::postgres
