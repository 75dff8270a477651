#pragma once

#include <string_view>
#include <vector>

#include "types.h"

namespace mydba {

/// What Variables::list answers with of all settings that an engine has read: those whose name
/// contains `part` without case, by name, the secrets in their values masked.
protocol::VariableList variableList(std::vector<protocol::Variable> all, std::string_view part);

}  // namespace mydba
