#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "types.h"

namespace mydba {
class Connection;
}

namespace mydba::plan {

/// The statements to plan, without their plans and counts: `given` ones in their order, else those
/// on which the server spends its time, at most `limit` (50 unless told, 1 to 2000) of them. That a
/// server counts nothing is in `unavailable`; `unsupported` is one whose statements have no plans.
Result<protocol::WorkloadResult> statementsToPlan(
    Connection& connection, const std::optional<std::vector<std::string>>& given,
    std::optional<std::int64_t> limit, const CancelToken& cancel);

}  // namespace mydba::plan
