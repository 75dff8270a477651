#pragma once

// Findings of a plan.
//
// A rule is one file in rules/: its id (the file's name), a title and a predicate that walks the
// plan and reports what it saw, with the numbers and the threshold. The folder is the registry
// (rules.inc is generated). Rules read the model, never an engine's name: what an engine does not
// say is absent, and a rule stays silent about what it cannot know.

#include <string>
#include <string_view>
#include <vector>

#include "types.h"

namespace mydba::plan {

/// What one rule reports about one node.
struct Observation {
  const protocol::PlanNode* node = nullptr;  ///< null: the whole plan
  protocol::Severity severity = protocol::Severity::info;
  std::string message;  ///< what was seen and why it matters
  std::string advice;   ///< what to do, and its trade-off
  std::vector<protocol::NamedValue> evidence;
};

struct Rule {
  std::string_view id;
  std::string_view title;
  std::vector<Observation> (*check)(const protocol::PlanTree& tree);
};

/// All findings, worst first, then in the order of the plan.
std::vector<protocol::Finding> grade(const protocol::PlanTree& tree);

/// The document that explains a rule for an engine: rag-docs/<engine>/query-plans.md.
protocol::Citation citation(std::string_view engine, std::string_view ruleId);

/// `12345678.9` → `12,345,679`: how findings and texts show row counts.
std::string groupedNumber(double value);

/// Value of an extra field; empty when the engine did not send it.
std::string_view extra(const protocol::PlanNode& node, std::string_view name);

/// `Seq Scan on orders o`: a node in a sentence.
std::string describe(const protocol::PlanNode& node);

}  // namespace mydba::plan
