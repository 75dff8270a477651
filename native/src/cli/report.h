#pragma once

#include <string_view>
#include <vector>

#include "base/error.h"
#include "cli/command.h"
#include "rpc/json.h"

namespace mydba::cli {

/// Says what failed: `mydba: <what>: <why>; <what to do>` on stderr and, with `json`, also as
/// {"error":…} on stdout. Gives the exit status of the failure.
Exit fail(std::string_view what, const Error& error, bool json);
/// The contract's error object: {code, message, engineCode, position, hint}.
rpc::Json errorDocument(const Error& error);
/// The same for a statement: what this program refuses, its gate or its engine, is a finding; what
/// the server refuses, with a code of its own, is not.
Exit failStatement(std::string_view what, const Error& error, bool json);
/// The exit statuses alone.
Exit exitOf(const Error& error);
Exit exitOfStatement(const Error& error);

/// Writes one JSON document and a line break to stdout.
void printJson(const rpc::Json& json);

/// Writes aligned columns to stdout; the first row is the head. Control characters are escaped, so
/// that a name from a database cannot drive the terminal.
void printColumns(const std::vector<std::vector<std::string>>& rows);

/// Text for a terminal: control characters (C0, C1, DEL) escaped.
std::string printable(std::string_view text);
/// Columns that a terminal uses for UTF-8 text, as wcwidth counts them.
std::size_t displayWidth(std::string_view text);

}  // namespace mydba::cli
