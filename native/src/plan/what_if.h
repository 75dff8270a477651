#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "sql/index_wish.h"
#include "types.h"

namespace mydba {
class Connection;
}
namespace mydba::guard {
class CheckedStatement;
}

namespace mydba::plan {

/// Lets the CREATE INDEX of a wish through the connection's gate; an error ends the attempt.
using AdmitIndex = std::function<Result<void>(const sql::IndexWish&)>;

/// The plan of a statement without and with indexes that are not there. Without a `method`: the
/// first that is available and touches nothing; when there is none, a result with the `ways` alone.
/// `invalidParams` for a wish that is not one CREATE INDEX, `unsupported` for a method that cannot
/// be used here. A method that touches the server goes on once `admit` has let every wish through.
/// On the connection's lane.
Result<protocol::WhatIfResult> whatIf(Connection& connection,
                                      const guard::CheckedStatement& statement,
                                      const std::vector<std::string>& indexes,
                                      std::optional<protocol::WhatIfMethod> method,
                                      const AdmitIndex& admit, const CancelToken& cancel);

}  // namespace mydba::plan
