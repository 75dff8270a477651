#pragma once

// From the rows of EXPLAIN QUERY PLAN to a tree.
//
// The rows (sqlite.org/eqp.html) hold prose that changed twice: `SCAN TABLE orders AS o` up to 3.35
// became `SCAN o`. Steps of one level are not a tree either: the loops of a join stand one after
// the other, and the sorters that take their output behind them. Here a join becomes a node over
// its loops, a sorter a node over its input, and a subquery stands below the step that reads it.
//
// Names in the prose are not quoted. A table called `x USING INDEX y` is thus read wrongly, as
// text.

#include <cstdint>
#include <string>
#include <vector>

#include "types.h"

namespace mydba::sqlite {

struct PlanRow {
  std::int64_t id = 0;
  std::int64_t parent = 0;  ///< 0 for the top level
  std::string detail;
};

/// Never fails: what is not understood becomes a node of category `other` and a warning. `version`
/// and `sql` are left to the caller. Linear in the rows; trees deeper than plan/walk.h allows are
/// cut with a warning.
protocol::PlanTree readPlan(const std::vector<PlanRow>& rows);

/// Rows from the text that `raw` holds, `id|parent|detail` a line, or from the tree that the shell
/// draws below `QUERY PLAN`; other lines are skipped.
std::vector<PlanRow> parsePlanText(std::string_view text);

}  // namespace mydba::sqlite
