#pragma once

// Sort keys: byte strings whose order (memcmp) is the order of the rows.
//
// One key of a row is the keys of its sort columns one after the other. Each begins with a class
// byte (number below, zero, number above, text, NULL) and says where it ends, so no key is the
// start of another one and comparing the whole bytes compares column by column. A descending
// column has its bytes complemented, except for NULL, which is last either way.
//
// Numbers are kept as decimal digits with an exponent, not as double: server numbers such as
// bigint and numeric have more digits than a double can tell apart. Most need less than eight
// bytes.

#include <string>
#include <string_view>

#include "engines/engine.h"
#include "types.h"

namespace mydba::result {

/// Text is compared by this much of it, numbers by twice as many digits.
inline constexpr std::size_t maxSortTextBytes = 4000;
/// The key of one cell is at most this long.
inline constexpr std::size_t maxCellKeyBytes = 2 * maxSortTextBytes + 2;

/// Appends the key of a cell.
void appendSortKey(std::string& key, const Cell& cell, protocol::ColumnKind kind, bool descending);

/// Appends the ascending key of a number (`-12.5`, `1e9`, `Infinity`, `NaN`, which is the largest
/// as in PostgreSQL). False and nothing appended when `text` is not a number.
bool appendNumberKey(std::string& key, std::string_view text);

}  // namespace mydba::result
