#include "plan/statements_to_plan.h"

#include <algorithm>
#include <utility>

#include "engines/engine.h"

namespace mydba::plan {
namespace {

constexpr std::int64_t usualLimit = 50;
constexpr std::int64_t mostStatements = 2000;

}  // namespace

Result<protocol::WorkloadResult> statementsToPlan(
    Connection& connection, const std::optional<std::vector<std::string>>& given,
    std::optional<std::int64_t> limit, const CancelToken& cancel) {
  Workload* workload = connection.workload();
  if (!workload)
    return Error{.code = ErrorCode::unsupported,
                 .message = connection.server().flavour + " has no query plans"};
  protocol::WorkloadResult result;
  if (given) {
    for (const std::string& sql : *given) result.statements.push_back({.sql = sql});
    return result;
  }
  const auto most = std::clamp<std::int64_t>(limit.value_or(usualLimit), 1, mostStatements);
  auto busiest = workload->busiest(static_cast<int>(most), cancel);
  if (!busiest) return busiest.error();
  result.statements = std::move(busiest->statements);
  result.since = std::move(busiest->since);
  result.unavailable = std::move(busiest->unavailable);
  return result;
}

}  // namespace mydba::plan
