#pragma once

// What a rule of the folder rules/ is made of.
//
// A rule is one file: its id (the file's name), a title, its thresholds, the rules that it makes
// superfluous, and a predicate over the steps that reports what it saw with the numbers. The folder
// is the registry (rules.inc is generated). Rules read the model, never an engine's name: what an
// engine does not say is absent, and a rule stays silent about what it cannot know. A field that
// only one engine has is read from `extra` by that engine's name of it.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "types.h"

namespace mydba::plan {

/// A number that decides, with its default; users change it as `<rule id>.<name>`.
struct Threshold {
  std::string_view name;
  double value = 0;
  std::string_view meaning;  ///< with its unit: `rows read`
};

/// Thresholds that a user changed, by `<rule id>.<name>`.
using Thresholds = std::map<std::string, double, std::less<>>;
/// As a request gives them.
Thresholds thresholdsOf(const std::optional<std::vector<protocol::NamedNumber>>& given);

/// The thresholds of the rule at hand.
class Limits {
 public:
  Limits(std::string_view ruleId, std::span<const Threshold> defaults, const Thresholds& changed);
  /// Only names that the rule declares.
  double operator[](std::string_view name) const;

 private:
  std::span<const Threshold> thresholds_;
  std::vector<double> values_;  // of thresholds_; looked up once, for rules ask at every step
};

/// A node with its parent, which is null for the root.
struct Step {
  const protocol::PlanNode* node = nullptr;
  const protocol::PlanNode* parent = nullptr;
};

/// A plan as the rules see it: every node with its parent, and the whole that shares are of. Lives
/// no longer than the plan.
class Grading {
 public:
  explicit Grading(const protocol::PlanTree& tree);

  const protocol::PlanTree& tree() const { return tree_; }
  /// In pre-order. Steps that never ran are among them.
  std::span<const Step> steps() const { return steps_; }
  /// Steps that ran, or would run: the only ones that rules judge.
  std::span<const Step> live() const { return live_; }
  /// Null for the root.
  const protocol::PlanNode* parentOf(const protocol::PlanNode& node) const;
  /// What a step itself takes of the whole: of the time when it was measured, else of the cost.
  /// 0 to 1; nothing when neither is known.
  std::optional<double> share(const protocol::PlanNode& node) const;
  /// The same of a step with everything below it.
  std::optional<double> shareWithChildren(const protocol::PlanNode& node) const;
  /// How often it was run again: its loops over the parallel processes that share it. Nothing when
  /// the engine does not count.
  std::optional<double> rounds(const protocol::PlanNode& node) const;
  /// What the catalogue says of the table that a step reads; null when nothing.
  const protocol::PlanRelation* relationOf(const protocol::PlanNode& node) const;

 private:
  std::optional<double> partOfWhole(std::optional<double> ms, std::optional<double> cost) const;

  const protocol::PlanTree& tree_;
  std::vector<Step> steps_;
  std::vector<Step> live_;
  std::vector<double> processes_;                         // by node id
  std::vector<const protocol::PlanRelation*> relations_;  // by node id; null: nothing is known
  std::optional<double> totalMs_;
  std::optional<double> totalCost_;
};

/// What a rule reports about a node, or about the whole plan.
struct Observation {
  const protocol::PlanNode* node = nullptr;  ///< null: the whole plan
  protocol::Severity severity = protocol::Severity::info;
  protocol::Confidence confidence = protocol::Confidence::certain;
  std::string message;  ///< what was seen and why it matters
  std::string advice;   ///< what to do, and its trade-off
  std::vector<protocol::Remedy> remedies = {};
  std::vector<protocol::NamedValue> evidence = {};
  /// Absent: the own time and share of the node.
  std::optional<protocol::FindingImpact> impact = std::nullopt;
};

struct Rule {
  std::string_view id;
  std::string_view title;
  std::span<const Threshold> thresholds;
  std::vector<Observation> (*check)(const Grading& grading, const Limits& limits);
  /// Rules whose finding about the same node says less than this one's: it is left out.
  std::span<const std::string_view> covers = {};
  /// It says only that a step is dear: left out where any other rule says why.
  bool general = false;
};

/// Value of an extra field; empty when the engine did not send it.
std::string_view extra(const protocol::PlanNode& node, std::string_view name);
/// The same as a number; nothing when it is none.
std::optional<double> extraNumber(const protocol::PlanNode& node, std::string_view name);

/// A number with so many digits behind the point.
std::string fixed(double value, int digits);
/// `12345678.9` → `12,345,679`: how findings and texts show row counts.
std::string groupedNumber(double value);
/// `0.934` → `93 %`.
std::string percent(double share);
/// `Seq Scan on orders o`: a node in a sentence.
std::string describe(const protocol::PlanNode& node);
/// A count of a node: `1,234`, or `about 1,234` where the server rounded it before it was
/// multiplied by the loops.
std::string counted(const protocol::PlanNode& node, double value);
/// `0.42 ms`, `12 ms`, `3.4 s`.
std::string duration(double ms);
/// `12 KiB`, `3.4 MiB`.
std::string dataSize(double bytes);
/// Rows out: counted, else planned.
std::optional<double> rowsOut(const protocol::PlanNode& node);
/// The step whose filter tests what a step reads: itself, or a filter right above it (MySQL).
const protocol::PlanNode& testerOf(const Step& step);
/// Part of `whole`, 0 when there is nothing.
inline double part(double some, double whole) { return whole > 0 ? some / whole : 0; }

}  // namespace mydba::plan
