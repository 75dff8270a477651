#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mydba::store {

/// The path of one of the program's own files in the user's data folder (XDG Base Directory
/// Specification), which is made when it is missing; or what the environment variable says. Error:
/// there is no such place, and the variable is the hint.
Result<std::string> dataFile(std::string_view name, const char* variable);

}  // namespace mydba::store
