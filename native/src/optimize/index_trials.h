#pragma once

#include "base/cancel.h"
#include "optimize/proposal.h"

namespace mydba {
class Connection;
}
namespace mydba::guard {
class CheckedStatement;
}

namespace mydba::optimize {

/// The indexes that the findings of a plan ask for, each planned as if it were there, by a method
/// that touches nothing; where the server has none they are unproven. `statement` is one whose plan
/// may be asked for. On the connection's lane.
void tryIndexes(Connection& connection, const guard::CheckedStatement& statement,
                const std::vector<protocol::Finding>& findings, Proposals& proposals,
                const CancelToken& cancel);

}  // namespace mydba::optimize
