#include "guard/policy.h"

namespace mydba::guard {

std::optional<Environment> findEnvironment(std::string_view name) {
  if (name == "dev") return Environment::dev;
  if (name == "staging") return Environment::staging;
  if (name == "prod") return Environment::prod;
  return std::nullopt;
}

Policy policyOf(const protocol::ConnectionProfile& profile) {
  return {.environment = profile.environment.value_or(Environment::dev),
          .allowDestructive = profile.allowDestructive.value_or(false),
          .readOnly = profile.readOnly.value_or(false)};
}

}  // namespace mydba::guard
