#pragma once

// The way back for what a model wants a tool to be called with.
//
// A model that knows aliases and placeholders only writes `SELECT c1 FROM t1 WHERE c2 = :text_1`,
// which no server understands. Names come back wherever they stand. Values come back only in
// statements, where a literal may stand, and only those that the user's own statements had: what
// the model saw of plans, messages and other people's statements it cannot put into one of its own.
// What was restored goes to the tool and never back to the model: its turn is what it wrote.

#include <nlohmann/json_fwd.hpp>

#include "ai/redact/conversation.h"

namespace mydba::ai {

/// `arguments` with the user's names and values in its texts; everything else as it is.
nlohmann::ordered_json restoredArguments(const Conversation& conversation,
                                         const nlohmann::ordered_json& arguments);

}  // namespace mydba::ai
