#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/desk.h"

namespace mydba::tools {

/// The ten that matter most, as a model needs them, and how many are left out.
Json findingsJson(const std::vector<protocol::Finding>& findings);
/// A text that is at most a quarter of `mostBytes` long, cut at a line's end.
std::string shortened(std::string_view text);

}  // namespace mydba::tools
