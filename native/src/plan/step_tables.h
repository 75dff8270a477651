#pragma once

#include "types.h"

namespace mydba::plan {

/// What the catalogue says of the table that a step reads: of that schema where the plan says it,
/// or the statement. Null when nothing, and when tables of several schemas have the name and no
/// alias tells which it is.
const protocol::PlanRelation* relationRead(const protocol::PlanTree& tree,
                                           const protocol::PlanNode& node);

/// `relation`, the only one of the name that a step reads; null when that is of another schema.
const protocol::PlanRelation* ifRead(const protocol::PlanTree& tree, const protocol::PlanNode& node,
                                     const protocol::PlanRelation& relation);

}  // namespace mydba::plan
