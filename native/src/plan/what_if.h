#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "types.h"

namespace mydba {
class Connection;
}
namespace mydba::guard {
class CheckedStatement;
}

namespace mydba::plan {

/// The plan of a statement without and with indexes that are not there. Without a `method`: the
/// first that is available and touches nothing; when there is none, a result with the `ways` alone.
/// `invalidParams` for a wish that is not one CREATE INDEX, `unsupported` for a method that cannot
/// be used here. On the connection's lane.
Result<protocol::WhatIfResult> whatIf(Connection& connection,
                                      const guard::CheckedStatement& statement,
                                      const std::vector<std::string>& indexes,
                                      std::optional<protocol::WhatIfMethod> method,
                                      const CancelToken& cancel);

}  // namespace mydba::plan
