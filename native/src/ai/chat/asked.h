#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "ai/intent/read_intent.h"
#include "ai/redact/schema_part.h"
#include "types.h"

namespace mydba::ai {

/// What a sentence without a command asks of the chat.
struct Asked {
  intent::Intent intent;
  /// That answers it: `ask` where it is the documents, or rows, or a change.
  protocol::ChatCommand command = protocol::ChatCommand::ask;
  std::vector<SchemaPart> tables;  ///< that a model is told of; it may ask for more
  bool rows = false;               ///< `intent.sql` is the statement that the turn is about
  std::size_t documents = 5;       ///< to look for
};

/// `context` has the tables that the sentence may be about. `statementAtHand`: the editor shows
/// one, or an earlier turn was about one, so that "explain it" is about something.
Asked readAsked(std::string_view text, const intent::IntentContext& context, bool statementAtHand);

}  // namespace mydba::ai
