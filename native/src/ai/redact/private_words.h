#pragma once

#include <string>
#include <vector>

#include "types.h"

namespace mydba::ai {

/// What a connection says of where its server is, who the user is there, and what he calls it: for
/// Redactor::hide.
std::vector<std::string> privateWords(const protocol::ConnectionProfile& profile);

}  // namespace mydba::ai
