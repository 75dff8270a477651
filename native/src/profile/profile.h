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

namespace mydba::profile {

/// Runs one statement, admitted with analyze, and tells where its time went; its plan is graded.
/// Stages are in their order, waits the longest first. `unsupported` when the engine cannot; errors
/// are as of plan::ofStatement. On the connection's lane.
Result<protocol::Profile> run(Connection& connection, const guard::CheckedStatement& statement,
                              bool enableInstruments, const plan::Thresholds& changed,
                              const CancelToken& cancel);

}  // namespace mydba::profile
