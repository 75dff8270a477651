#pragma once

#include <string>
#include <vector>

#include "plan/rule.h"

namespace mydba::plan {

/// The side of a join that is run for each row of the other, or kept for it; null when it has none.
const protocol::PlanNode* innerSide(const protocol::PlanNode& join);

/// The table that is read there, below steps that only keep or filter rows; null when it is more.
const protocol::PlanNode* innerTable(const protocol::PlanNode& join);

/// Columns of a table that a join compares with equality, and those of the table's own filter.
std::vector<std::string> joinColumns(const Grading& grading, const protocol::PlanNode& join,
                                     const protocol::PlanNode& table);

}  // namespace mydba::plan
