#pragma once

// What would make one statement faster on one connection, found without a model: indexes that its
// plan asks for, other texts of it, advice.
//
// Nothing is shown as proven that was not: another text must have run beside the statement, in
// turns, with the same columns and rows, and faster (compare.h). What returned other rows is not
// shown at all, and counted. An index is never built here, so the most that is said of one is what
// the planner expects of it.

#include <chrono>
#include <string_view>

#include "base/cancel.h"
#include "base/result.h"
#include "guard/gate.h"
#include "optimize/compare.h"
#include "optimize/proposal.h"

namespace mydba::optimize {

/// How long it may take.
struct Budget {
  /// Of one comparison. Most are over in a second or two.
  Limits comparison{.each = std::chrono::milliseconds(10000),
                    .rounds = 7,
                    .inAll = std::chrono::milliseconds(2000),
                    .patience = 3};
  /// Once this is over, nothing more is run; what is left is unproven.
  std::chrono::milliseconds inAll{45000};
};

/// `sql` is one statement. It and what takes its place are run only where they are proved reads,
/// through `gate` made read-only; of anything else the plan is asked for. Errors are those of the
/// gate and of the plan. On the connection's lane.
Result<Proposals> propose(Connection& connection, std::string_view sql, const guard::Gate& gate,
                          const guard::Confirm& confirm, const Budget& budget,
                          const CancelToken& cancel);

}  // namespace mydba::optimize
