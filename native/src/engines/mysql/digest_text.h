#pragma once

#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::mysql {

/// The text of a digest as the server reads it again. It writes a blank behind every token, and a
/// server without IGNORE_SPACE takes `COUNT ( * )` for a call of somebody's function: the functions
/// that it knows only by the parenthesis behind their name get it there. Source: "Function Name
/// Parsing and Resolution", MySQL 9 manual; "IGNORE_SPACE", MariaDB documentation.
std::string readableDigest(std::string_view digest, const sql::Dialect& dialect);

}  // namespace mydba::mysql
