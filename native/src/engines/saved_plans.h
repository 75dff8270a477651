#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "types.h"

namespace mydba {

/// Where a saved plan came from, as far as the user knows.
struct PlanOrigin {
  std::optional<std::string> engine;  ///< EngineDescriptor.id; absent: whichever can read it
  std::optional<std::string> version;
};

/// The plans in a file or in text from the clipboard, in its order, at least one. The version of a
/// plan is what the text says, else the origin's, else empty. `invalidParams` with what can be
/// read when it holds none. Any thread.
Result<std::vector<protocol::PlanTree>> savedPlans(std::string_view text, const PlanOrigin& origin);

}  // namespace mydba
