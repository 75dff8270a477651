#pragma once

#include <set>
#include <string>
#include <vector>

#include "engines/postgres/session.h"
#include "types.h"

namespace mydba::postgres {

/// What the catalogue says of tables (sql/plan_relations.sql), of at most a hundred: rows, size,
/// statistics, partitions, indexes. `names` are as a statement writes them, with quotes where they
/// need them; those that the search path does not find are left out. By name; a partition's parent
/// is among them. Lane's thread.
Result<std::vector<protocol::PlanRelation>> readRelations(Session& session,
                                                          const std::set<std::string>& names,
                                                          const CancelToken& cancel);
/// The same of the tables in a plan.
Result<std::vector<protocol::PlanRelation>> readPlanRelations(Session& session,
                                                              const protocol::PlanTree& tree,
                                                              const CancelToken& cancel);

}  // namespace mydba::postgres
