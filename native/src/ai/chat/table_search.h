#pragma once

#include <string_view>

#include "ai/intent/conversation.h"
#include "ai/intent/schema.h"
#include "base/cancel.h"
#include "base/result.h"

namespace mydba {
class Connection;
}

namespace mydba::ai {

/// The tables that a question is about, with their columns and references: of a small database all
/// of them, of a large one those whose names or columns have a word of the question or are of the
/// last turn of `history`, and the tables that they refer to. At most `mostTables`, whatever the
/// size of the catalogue; a bounded number of catalogue calls. None where the engine has no tables.
/// On the connection's lane.
Result<intent::Schema> tablesFor(std::string_view question, const intent::Conversation& history,
                                 Connection& connection, const CancelToken& cancel);

inline constexpr std::size_t mostTables = 24;

}  // namespace mydba::ai
