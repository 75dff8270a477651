#pragma once

// Finds the statements of a text as the command-line clients of the engines do: psql, mysql with
// DELIMITER, sqlite3, redis-cli. One pass, linear in the text, however it is nested or broken.

#include <cstddef>
#include <string_view>
#include <vector>

#include "sql/dialect.h"

namespace mydba::sql {

inline constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";  ///< of UTF-8

/// Byte offsets: past leading blanks and comments, and before the terminator and the blanks and
/// comments in front of it. Never empty.
struct StatementRange {
  std::size_t start = 0;
  std::size_t end = 0;

  bool operator==(const StatementRange&) const = default;
};

/// The statements of `text` in order, without overlap. Commands of a client (DELIMITER, psql's
/// backslash commands) and COPY data are no statements and belong to none.
std::vector<StatementRange> split(std::string_view text, const Dialect& dialect);

}  // namespace mydba::sql
