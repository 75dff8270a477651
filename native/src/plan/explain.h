#pragma once

#include "base/cancel.h"
#include "base/result.h"
#include "plan/rule.h"
#include "types.h"

namespace mydba {
class Connection;
}
namespace mydba::guard {
class CheckedStatement;
}

namespace mydba::plan {

/// A raw plan with all that is derived from it: own shares, places in the statement, findings,
/// numbers, text.
protocol::ExplainResult examine(protocol::PlanTree tree, const Thresholds& changed = {});

/// An engine's error about a statement, for whoever gave it: without the statement's secrets, and
/// with a position that counts in the text that the statement is a part of.
Error ofStatement(Error error, const guard::CheckedStatement& statement,
                  const Connection& connection);

/// Asks the connection for the plan of one statement. `unsupported` when the engine has no plans.
/// Errors are as of ofStatement. On the connection's lane.
Result<protocol::PlanTree> explain(Connection& connection, const guard::CheckedStatement& statement,
                                   bool analyze, const CancelToken& cancel);

}  // namespace mydba::plan
