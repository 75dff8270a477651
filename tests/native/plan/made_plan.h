#pragma once

// Plans by hand, for rules one at a time.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "plan/derive.h"
#include "plan/grade.h"
#include "types.h"

namespace mydba::plan::made {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::PlanTree;

using Ids = std::vector<std::string>;

inline PlanNode node(std::string operation, PlanCategory category,
                     std::vector<PlanNode> children = {}) {
  PlanNode made;
  made.operation = std::move(operation);
  made.category = category;
  made.children = std::move(children);
  return made;
}

inline PlanTree tree(PlanNode root) {
  PlanTree made;
  made.engine = "postgres";
  made.version = "15";
  made.sql = "SELECT 1";
  made.root = std::move(root);
  derive(made);
  return made;
}

/// The same, run in so many milliseconds.
inline PlanTree run(PlanNode root, double ms) {
  PlanTree made = tree(std::move(root));
  made.analyzed = true;
  made.executionMs = ms;
  return made;
}

inline Ids idsIn(const PlanTree& plan) {
  Ids found;
  for (const auto& finding : grade(plan)) found.push_back(finding.id);
  return found;
}

/// What a rule finds; empty when nothing.
inline std::vector<protocol::Finding> of(const PlanTree& plan, std::string_view rule) {
  auto found = grade(plan);
  std::erase_if(found, [&](const auto& finding) { return finding.id != rule; });
  return found;
}

inline bool fires(const PlanTree& plan, std::string_view rule) { return !of(plan, rule).empty(); }

/// The statement of the first remedy that has one.
inline std::string firstSql(const std::vector<protocol::Finding>& findings) {
  for (const auto& finding : findings)
    for (const auto& remedy : finding.remedies)
      if (remedy.sql) return *remedy.sql;
  return {};
}

}  // namespace mydba::plan::made
