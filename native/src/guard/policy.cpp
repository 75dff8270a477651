#include "guard/policy.h"

namespace mydba::guard {

std::optional<Environment> findEnvironment(std::string_view name) {
  if (name == "dev") return Environment::dev;
  if (name == "staging") return Environment::staging;
  if (name == "prod") return Environment::prod;
  return std::nullopt;
}

Policy policyOf(const protocol::ConnectionProfile& profile) {
  Policy policy;
  switch (profile.environment.value_or(protocol::Environment::dev)) {
    case protocol::Environment::dev: policy.environment = Environment::dev; break;
    case protocol::Environment::staging: policy.environment = Environment::staging; break;
    case protocol::Environment::prod: policy.environment = Environment::prod; break;
  }
  policy.allowDestructive = profile.allowDestructive.value_or(false);
  policy.readOnly = profile.readOnly.value_or(false);
  return policy;
}

}  // namespace mydba::guard
