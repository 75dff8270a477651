#include "engines/postgres/plan_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "engines/postgres/plan_operation.h"

namespace mydba::postgres {
namespace {

using Json = nlohmann::ordered_json;
using protocol::PlanNode;
using protocol::PlanTree;

// Each plan node takes two levels of JSON. The readers of the tree recurse too.
constexpr int deepest = 1000;

Error notAPlan(const char* why) {
  return {.code = ErrorCode::invalidParams,
          .message = std::string("this is not a PostgreSQL plan in JSON: ") + why,
          .hint = "take the output of EXPLAIN (FORMAT JSON)"};
}

/// Counts brackets outside of strings; the parser itself would accept any depth.
bool tooDeep(std::string_view json) {
  int depth = 0;
  bool inString = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (inString) {
      if (c == '\\') ++i;
      inString = c != '"';
      continue;
    }
    inString = c == '"';
    if ((c == '[' || c == '{') && ++depth > deepest) return true;
    if (c == ']' || c == '}') --depth;
  }
  return false;
}

std::string textOf(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool endsWith(std::string_view text, std::string_view end) { return text.ends_with(end); }

/// Counters that EXPLAIN always writes; a zero says nothing.
bool emptyCounter(std::string_view name, const Json& value) {
  const bool counter = endsWith(name, " Blocks") || name.find("I/O") != name.npos;
  return counter && value.is_number() && value.get<double>() == 0;
}

/// One JSON object of which fields are taken; the rest becomes `extra`.
class Fields {
 public:
  explicit Fields(const Json& object) : object_(object) {}

  std::optional<std::string> text(const char* name) {
    const auto* value = find(name);
    if (!value || !value->is_string()) return std::nullopt;
    taken_.push_back(name);
    return value->get<std::string>();
  }
  std::optional<double> number(const char* name) {
    const auto* value = find(name);
    if (!value || !value->is_number()) return std::nullopt;
    taken_.push_back(name);
    return value->get<double>();
  }
  bool truth(const char* name) {
    const auto* value = find(name);
    if (!value || !value->is_boolean()) return false;
    taken_.push_back(name);
    return value->get<bool>();
  }
  /// The first of several fields that stand for the same.
  std::optional<std::string> firstText(std::initializer_list<const char*> names) {
    for (const char* name : names)
      if (auto found = text(name)) return found;
    return std::nullopt;
  }
  const Json* array(const char* name) {
    const auto* value = find(name);
    if (!value || !value->is_array()) return nullptr;
    taken_.push_back(name);
    return value;
  }
  std::vector<protocol::NamedValue> rest() const {
    std::vector<protocol::NamedValue> others;
    for (const auto& [name, value] : object_.items()) {
      if (std::find(taken_.begin(), taken_.end(), name) != taken_.end()) continue;
      if (!emptyCounter(name, value)) others.push_back({name, textOf(value)});
    }
    return others;
  }

 private:
  const Json* find(const char* name) const {
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  const Json& object_;
  std::vector<std::string_view> taken_;
};

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

void readNumbers(Fields& fields, PlanNode& node, double processes) {
  node.startupCost = fields.number("Startup Cost");
  node.totalCost = fields.number("Total Cost");
  node.loops = fields.number("Actual Loops");
  const double loops = node.loops.value_or(1);
  node.neverExecuted = node.loops && loops == 0 ? std::optional(true) : std::nullopt;
  // An average of several loops was rounded by the server.
  if (loops > 1) node.approximate = true;
  const auto planned = fields.number("Plan Rows");
  node.estimatedRows = node.neverExecuted ? planned : times(planned, loops);
  node.actualRows = times(fields.number("Actual Rows"), loops);
  node.totalMs = times(fields.number("Actual Total Time"), loops / processes);
  const auto byFilter = fields.number("Rows Removed by Filter");
  const auto byJoin = fields.number("Rows Removed by Join Filter");
  if (byFilter || byJoin) node.rowsRemoved = (byFilter.value_or(0) + byJoin.value_or(0)) * loops;
}

class PlanReader {
 public:
  PlanNode node(const Json& object, double processes) {
    Fields fields(object);
    PlanNode node;
    const auto parts = operationParts(fields);
    node.operation = operationName(parts);
    node.category = operationCategory(parts);
    if (node.category == protocol::PlanCategory::other && !knownOther(parts.type))
      warnings.push_back("unknown step \"" + parts.type + "\"");
    readNames(fields, node);
    readNumbers(fields, node, processes);
    if (const auto* plans = fields.array("Plans")) {
      const double below = processes * gathered(parts.type, object);
      for (const auto& child : *plans) {
        if (child.is_object())
          node.children.push_back(this->node(child, below));
        else
          warnings.push_back("a child of \"" + node.operation + "\" is not an object");
      }
    }
    node.extra = fields.rest();
    return node;
  }

  std::vector<std::string> warnings;

 private:
  static void readNames(Fields& fields, PlanNode& node) {
    node.relation = fields.firstText(
        {"Relation Name", "CTE Name", "Function Name", "Table Function Name", "Tuplestore Name"});
    node.alias = fields.text("Alias");
    if (node.alias == node.relation) node.alias.reset();
    node.index = fields.text("Index Name");
    node.condition =
        fields.firstText({"Index Cond", "Hash Cond", "Merge Cond", "TID Cond", "Recheck Cond"});
    node.filter = fields.firstText({"Filter", "Join Filter", "One-Time Filter"});
  }

  /// Processes that run what is below: the workers, and the leader that helps them.
  static double gathered(std::string_view type, const Json& object) {
    if (!type.starts_with("Gather")) return 1;
    const auto launched = object.find("Workers Launched");
    if (launched == object.end() || !launched->is_number()) return 1;
    const auto single = object.find("Single Copy");
    const bool leader =
        single == object.end() || single->is_boolean() == false || !single->get<bool>();
    return std::max(1.0, launched->get<double>() + (leader ? 1 : 0));
  }
};

/// Plan-wide facts, objects taken apart: `JIT Functions`, `Planning Shared Hit Blocks`.
void readSettings(const Json& object, const std::string& prefix,
                  std::vector<protocol::NamedValue>& settings) {
  for (const auto& [name, value] : object.items()) {
    if (emptyCounter(name, value)) continue;
    const auto full = prefix.empty() ? name : prefix + " " + name;
    if (value.is_object() && prefix.empty())
      readSettings(value, name, settings);
    else
      settings.push_back({full, textOf(value)});
  }
}

void readTriggers(const Json& triggers, std::vector<protocol::NamedValue>& settings) {
  for (const auto& trigger : triggers) {
    if (!trigger.is_object()) continue;
    Fields fields(trigger);
    const auto name = fields.firstText({"Trigger Name", "Constraint Name"}).value_or("?");
    std::string text;
    for (const auto& [key, value] : fields.rest())
      text += (text.empty() ? "" : ", ") + key + " " + value;
    settings.push_back({"Trigger " + name, text});
  }
}

}  // namespace

Result<PlanTree> readPlan(std::string_view text, std::string_view version) {
  if (tooDeep(text)) return notAPlan("it is nested too deeply");
  const auto json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return notAPlan("it is not JSON");
  if (json.is_array() && json.empty()) return notAPlan("the statement has no plan");
  const auto& top = json.is_array() ? json.front() : json;
  if (!top.is_object()) return notAPlan("it has no object");
  const auto plan = top.find("Plan");
  if (plan == top.end() || !plan->is_object()) return notAPlan("it has no member \"Plan\"");

  PlanTree tree{.engine = "postgres", .version = std::string(version)};
  PlanReader reader;
  tree.root = reader.node(*plan, 1);
  tree.warnings = std::move(reader.warnings);
  if (json.is_array() && json.size() > 1)
    tree.warnings.push_back("a rule made several statements of this one; the first is shown");
  Fields fields(top);
  tree.planningMs = fields.number("Planning Time");
  tree.executionMs = fields.number("Execution Time");
  tree.analyzed = tree.executionMs.has_value() || tree.root.loops.has_value();
  Json others = top;
  for (const char* read : {"Plan", "Planning Time", "Execution Time", "Triggers"})
    others.erase(read);
  if (const auto* triggers = fields.array("Triggers")) readTriggers(*triggers, tree.settings);
  readSettings(others, "", tree.settings);
  tree.format = protocol::PlanFormat::json;
  tree.raw = std::string(text);
  return tree;
}

}  // namespace mydba::postgres
