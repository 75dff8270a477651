#pragma once

#include <optional>
#include <string_view>

#include "types.h"

namespace mydba::sqlite {

/// What a row of EXPLAIN QUERY PLAN is to the rows of its level.
enum class StepRole {
  loop,     ///< reads a table or the rows of a subquery; several are a join
  source,   ///< computes what a loop reads: CO-ROUTINE, MATERIALIZE
  collect,  ///< takes the rows of the steps before it: USE TEMP B-TREE
  own,      ///< stands for itself
};

struct Step {
  StepRole role = StepRole::own;
  bool known = true;
  protocol::PlanNode node;
};

/// Reads the prose of one row.
Step readDetail(std::string_view detail);

}  // namespace mydba::sqlite
