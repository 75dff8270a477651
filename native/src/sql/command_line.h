#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mydba::sql {

/// Splits a command line into its arguments by the rules of redis-cli: blanks separate; in double
/// quotes \n \r \t \b \a \\ \" and \xHH are escapes; in single quotes only \' is; a closing quote
/// ends its argument. Errors are `syntax` with the position of the quote that is wrong.
Result<std::vector<std::string>> splitCommandLine(std::string_view line);

}  // namespace mydba::sql
