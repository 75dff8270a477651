#pragma once

#include <string_view>

#include "ai/intent/schema.h"
#include "base/cancel.h"
#include "base/result.h"

namespace mydba {
class Catalogue;
}

namespace mydba::ai {

/// The tables that a question is about, with their columns and references: of a small database all
/// of them, of a large one those whose names or columns have a word of the question, and the tables
/// that they refer to. At most `mostTables`, whatever the size of the catalogue; a bounded number
/// of catalogue calls. On the catalogue's lane.
Result<intent::Schema> tablesFor(std::string_view question, Catalogue& catalogue,
                                 const CancelToken& cancel);

inline constexpr std::size_t mostTables = 24;

}  // namespace mydba::ai
