#pragma once

// What each chat command computes and shows, before a model is asked; one file each, but for the
// short ones.

#include <optional>
#include <string>

#include "base/result.h"
#include "server/chat/turn.h"

namespace mydba::server::chat {

/// By the command below that has its name.
void answer(Turn& turn, protocol::ChatCommand command);

void ask(Turn& turn);
void analyze(Turn& turn);
void explain(Turn& turn);
void profile(Turn& turn);
void optimize(Turn& turn);
void schema(Turn& turn);
void processlist(Turn& turn);
void variables(Turn& turn);
void compare(Turn& turn);
void connections(Turn& turn);
void help(Turn& turn);

/// Whether servers of this kind plan statements.
bool hasPlans(const Session& session);
/// The plan of one statement, which is not run; on the read-only connection.
Result<protocol::ExplainResult> planOf(Turn& turn, const std::string& sql);
/// Runs both in turns, read-only, and shows whether the second may take the first's place.
void showComparison(Turn& turn, const std::string& first, const std::string& second);
/// What the rules find in a text, without a server.
std::vector<protocol::Finding> lintFindings(Turn& turn, const std::string& sql);
/// What the rules find in the tables that it uses; nothing where there are no tables.
Result<std::vector<protocol::Finding>> tableFindings(Turn& turn, const std::string& sql);
/// The statement that a command needs; nothing, and said so, when there is none.
std::optional<std::string> wantedStatement(Turn& turn, std::string_view command);

}  // namespace mydba::server::chat
