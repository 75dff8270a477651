#pragma once

// Quoted tokens: what they stand for, and whether they have their end.

#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::sql {

/// What a string or quoted name of the lexer stands for: without quotes, prefix and escapes.
std::string literalValue(std::string_view token, const Dialect& dialect);

/// False when it reached to the end of the text for want of its closing quote.
bool isClosed(std::string_view token, const Dialect& dialect);

/// True when a number of the lexer could be a name behind a point: `1st`. Only digits are none
/// (MySQL manual, "Schema Object Names").
bool canBeName(std::string_view number);

/// True when a backslash (an odd number of them) stands before a quote: where backslashes are
/// plain, or where they are not, such a string ends elsewhere.
bool readsOtherwise(std::string_view token);

}  // namespace mydba::sql
