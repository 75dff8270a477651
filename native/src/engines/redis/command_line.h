#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/command_line.h"

namespace mydba::redis {

// How command lines are taken apart stands with the other dialects.
using sql::splitCommandLine;

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
