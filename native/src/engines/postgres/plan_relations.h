#pragma once

#include <vector>

#include "engines/postgres/session.h"
#include "types.h"

namespace mydba::postgres {

/// What the catalogue says of the tables in a plan (sql/plan_relations.sql), of at most a hundred:
/// rows, size, statistics, partitions, indexes. Names that the search path does not find are left
/// out. Lane's thread.
Result<std::vector<protocol::PlanRelation>> readPlanRelations(Session& session,
                                                              const protocol::PlanNode& root,
                                                              const CancelToken& cancel);

}  // namespace mydba::postgres
