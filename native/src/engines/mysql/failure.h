#pragma once

#include <mysql.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.h"

namespace mydba::mysql {

/// The connection's last error as a value. `sql` is the statement that was sent, for the position
/// of a syntax error; empty when there is none.
Error lastError(MYSQL* handle, std::string_view sql = {});

/// The same from the parts that connections and prepared statements both have.
Error failure(unsigned number, std::string_view message, std::string_view sql = {});

/// Where a syntax error is, as a byte offset into `sql`; nothing unless it is certain. The server
/// says "… to use near 'TEXT' at line N", where TEXT is the rest of the statement from the
/// offending token, cut at 80 characters (sql/sql_parse.cc, error 1064), and may itself hold
/// quotes.
std::optional<std::int64_t> syntaxPosition(std::string_view message, std::string_view sql);

}  // namespace mydba::mysql
