#pragma once

// Rows that leave without the values of some columns.
//
// A result's spool keeps what the server sent, in its private file; what goes to a page, or to
// whoever asked for the run, is a copy of the frame in which each value of a redacted column is
// `•••`. Only NULL stays NULL. How long a value is, or whether it was cut, is not told either.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "types.h"

namespace mydba::result {

inline constexpr std::string_view redactedCell = "•••";

/// Which columns of a result are redacted; empty when none is.
using RedactedColumns = std::vector<bool>;

RedactedColumns redactedColumns(std::span<const protocol::Column> columns);

/// The frame as it may be sent. An error of code `io` when it is damaged.
Result<std::string> redactFrame(std::string_view frame, const RedactedColumns& redacted);

}  // namespace mydba::result
