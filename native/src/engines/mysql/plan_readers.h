#pragma once

// Plans as the servers write them, one pure reader for each format. Engine, version, statement and
// the raw answer are filled in by the explainer. What a reader does not know it keeps in `extra` or
// names in `warnings`; text that is not a plan is an error (`server`), text that is nested deeper
// than any plan `tooLarge`. Nothing throws.

#include <string_view>

#include "base/result.h"
#include "types.h"

namespace mydba::mysql {

/// EXPLAIN FORMAT=JSON, version 1: `query_block`. MySQL 5.7 to 8.4, and 9 on demand.
Result<protocol::PlanTree> readPlanV1(std::string_view json);
/// EXPLAIN [ANALYZE] FORMAT=JSON, version 2: `query_plan`. MySQL 8.3 on demand, 9 by default.
Result<protocol::PlanTree> readPlanV2(std::string_view json);
/// Whichever of the two it is.
Result<protocol::PlanTree> readMysqlJson(std::string_view json);
/// EXPLAIN FORMAT=TREE and EXPLAIN ANALYZE. MySQL 8.0.18 on.
Result<protocol::PlanTree> readPlanTree(std::string_view text);
/// MariaDB's EXPLAIN FORMAT=JSON and ANALYZE FORMAT=JSON.
Result<protocol::PlanTree> readMariadbPlan(std::string_view json);

}  // namespace mydba::mysql
