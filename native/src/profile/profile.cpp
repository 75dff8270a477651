#include "profile/profile.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engines/engine.h"
#include "plan/explain.h"

namespace mydba::profile {

Result<protocol::Profile> run(Connection& connection, const guard::CheckedStatement& statement,
                              bool enableInstruments, const plan::Thresholds& changed,
                              const CancelToken& cancel) {
  Profiler* profiler = connection.profiler();
  if (!profiler)
    return Error{.code = ErrorCode::unsupported,
                 .message = connection.server().flavour + " has no profiles"};
  auto measured = profiler->profile(statement, enableInstruments, cancel);
  if (!measured) return plan::ofStatement(measured.error(), statement, connection);
  protocol::Profile profile = std::move(measured->profile);
  profile.sql = statement.text();
  std::stable_sort(profile.stages.begin(), profile.stages.end(), [](const auto& a, const auto& b) {
    return std::tie(a.startMs, a.level) < std::tie(b.startMs, b.level);
  });
  std::stable_sort(profile.waits.begin(), profile.waits.end(),
                   [](const auto& a, const auto& b) { return a.share > b.share; });
  if (measured->tree) {
    profile.plan = plan::examine(std::move(*measured->tree), changed);
    profile.findings = profile.plan->findings;
  }
  return profile;
}

}  // namespace mydba::profile
