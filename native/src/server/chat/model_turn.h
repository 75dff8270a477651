#pragma once

// A model's words in a turn: after the facts, by the recipe of the command.
//
// The model sees the redacted facts and what the tools answer, redacted too. It may ask for the
// tools that the recipe names, which read, and it proposes SQL through propose_sql, which checks it
// on the read-only connection: reading finds unknown names, writes and products of tables
// (ai/check_sql.h), the server the rest. What is shown passes ai/chat/model_text.h. A model that
// does what the texts it reads tell it can do no more than this: ask read-only tools, propose SQL
// that the user sees with what is wrong with it, and say something.

#include <string_view>

#include "server/chat/turn.h"

namespace mydba::server::chat {

/// Adds a model's explanation, if one can be asked; where it cannot, says why only if the user has
/// set one up. With Turn::previewOnly what would be sent is shown instead.
void askModel(Turn& turn, std::string_view recipe);

/// A button to set one up, where there is none.
void offerModel(Turn& turn);

/// SQL that a model, or a rule, proposes: shown with what reading and the server say of it. A
/// button to run it only when nothing is wrong. True when it can be run.
bool showProposal(Turn& turn, const std::string& sql, std::string_view why);

/// What is wrong with SQL that somebody else wrote; nothing when it is one read that the server can
/// plan. On the read-only connection.
std::vector<std::string> problemsOf(Turn& turn, const std::string& sql);

}  // namespace mydba::server::chat
