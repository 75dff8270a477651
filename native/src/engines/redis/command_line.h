#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mydba::redis {

/// Splits a command line into its arguments by the rules of redis-cli: blanks separate; in double
/// quotes \n \r \t \b \a \\ \" and \xHH are escapes; in single quotes only \' is; a closing quote
/// ends its argument. Errors are `syntax` with the position of the quote that is wrong.
Result<std::vector<std::string>> splitCommandLine(std::string_view line);

/// The shortest text that splitCommandLine reads as this one argument. Valid UTF-8 without control
/// characters is kept readable; other bytes become \xHH.
std::string quoteArgument(std::string_view argument);

/// Text for people: valid UTF-8 as it is; binary with \xHH for every byte that is not printable
/// ASCII and `\\` for a backslash, so that it can be pasted between double quotes.
std::string displayText(std::string_view bytes);

/// A reversible UTF-8 spelling of any bytes: like displayText, but a backslash is always doubled.
std::string escapeBytes(std::string_view bytes);
/// The bytes that escapeBytes spelled; text it did not make is taken as it stands.
std::string unescapeBytes(std::string_view text);

}  // namespace mydba::redis
