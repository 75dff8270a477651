#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mydba::sql {

/// Splits a command line into its arguments by the rules of redis-cli: blanks separate; in double
/// quotes \n \r \t \b \a \\ \" and \xHH are escapes; in single quotes only \' is; a closing quote
/// ends its argument. Errors are `syntax` with the position of the quote that is wrong.
Result<std::vector<std::string>> splitCommandLine(std::string_view line);

/// How many words of a command line name the command: 2 for CONFIG SET and its kin, else 1; 0 when
/// the first cannot be a name at all. What follows are its arguments.
std::size_t commandNameLength(const std::vector<std::string>& words);

}  // namespace mydba::sql
