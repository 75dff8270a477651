#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "types.h"

namespace mydba::postgres {

/// Reads what EXPLAIN (FORMAT JSON) answered (manual, "EXPLAIN"; fields of version 14 to 18).
///
/// The server gives rows and times of one loop; here they are totals, so that they can be added
/// up. Below a Gather every process counts as a loop; times there are divided by the number of
/// processes, because they passed at the same moment, rows are not. The estimate of a step that
/// processes share counts for all of them.
///
/// Pure. `sql` is left empty, unless auto_explain wrote it into the plan. Error: `invalidParams`
/// for text that is not such a plan, or that is nested deeper than any real one. Plans may come
/// from files, so the text may be hostile.
Result<protocol::PlanTree> readPlan(std::string_view json, std::string_view version);

/// The same of every plan in the text: a rule may make several statements of one.
Result<std::vector<protocol::PlanTree>> readPlans(std::string_view json, std::string_view version);

}  // namespace mydba::postgres
