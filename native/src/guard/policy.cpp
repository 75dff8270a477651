#include "guard/policy.h"

namespace mydba::guard {

std::optional<Environment> findEnvironment(std::string_view name) {
  if (name == "dev") return Environment::dev;
  if (name == "staging") return Environment::staging;
  if (name == "prod") return Environment::prod;
  return std::nullopt;
}

}  // namespace mydba::guard
