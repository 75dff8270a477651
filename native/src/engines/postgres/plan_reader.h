#pragma once

#include <string_view>

#include "base/result.h"
#include "types.h"

namespace mydba::postgres {

/// Reads what EXPLAIN (FORMAT JSON) answered (manual, "EXPLAIN"; fields of version 14 to 18).
///
/// The server gives rows and times of one loop; here they are totals, so that they can be added
/// up. Below a Gather every process counts as a loop; times there are divided by the number of
/// processes, because they passed at the same moment, rows are not.
///
/// Pure. `sql` is left empty. Error: `invalidParams` for text that is not such a plan, or that is
/// nested deeper than any real one. Plans may come from files, so the text may be hostile.
Result<protocol::PlanTree> readPlan(std::string_view json, std::string_view version);

}  // namespace mydba::postgres
