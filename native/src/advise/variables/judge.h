#pragma once

// Judges settings by the checks of this folder (checks.h). What is not among the settings (no right
// to see it, another version) fires nothing.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "types.h"

namespace mydba::advise {

/// A finding and the setting that it is on.
struct VariableFinding {
  std::string variable;
  protocol::Finding finding;
};

/// The worst first. `engine` is an EngineDescriptor.id. Any thread.
std::vector<VariableFinding> judgeVariables(std::span<const protocol::Variable> variables,
                                            std::string_view engine);

}  // namespace mydba::advise
