#pragma once

#include "types.h"

namespace mydba::sqlite {

/// Tells the scans of a plan what EXPLAIN QUERY PLAN leaves out: how many rows they read, by
/// PlanTree::relations, and the condition that they test, by the statement, where it reads a single
/// table. LIKE, which no plain index serves, is kept out of the conditions and said as a notice.
void addScanFacts(protocol::PlanTree& tree);

}  // namespace mydba::sqlite
