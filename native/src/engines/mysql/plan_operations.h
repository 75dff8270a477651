#pragma once

#include <string_view>

#include "types.h"

namespace mydba::mysql {

/// Reads what MySQL's iterator descriptions say in words (sql/join_optimizer/explain_access_path.cc
/// writes them for FORMAT=TREE and for the `operation` of JSON version 2): category, and relation,
/// index, condition and filter where they are named. `node.operation` becomes the name of the step
/// without its details.
void describeOperation(std::string_view description, protocol::PlanNode& node);

/// Reads `Select #2 (subquery in condition; dependent)`, which stands above a sub-query: its name,
/// its role, and in `extra` where it stands and how it runs. False when it is no such heading.
bool describeHeading(std::string_view heading, protocol::PlanNode& node);

}  // namespace mydba::mysql
