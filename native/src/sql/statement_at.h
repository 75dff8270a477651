#pragma once

// Which statement a person means who runs or explains "the one at the cursor".

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "sql/splitter.h"

namespace mydba::sql {

/// Index in `statements` (as `split` gives them for `text`) of the one around the byte `cursor`;
/// else of the last one that ends on the cursor's line before it; else of the next one, when the
/// cursor is in the comments above it and no blank line is between; else of the only one.
std::optional<std::size_t> statementAt(std::string_view text,
                                       const std::vector<StatementRange>& statements,
                                       std::size_t cursor);

}  // namespace mydba::sql
