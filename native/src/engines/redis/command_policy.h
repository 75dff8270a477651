#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "engines/redis/session.h"

namespace mydba::redis {

/// Refuses (`refused`) commands whose replies do not end or would put client and server out of
/// step.
Result<void> checkCommand(const std::vector<std::string>& command);

/// True when the server says of a command that it only reads, also of its keys (COMMAND INFO of
/// version 7). An error: it cannot be asked.
Result<bool> isFlaggedReading(Session& session, const std::vector<std::string>& command);

/// For read-only sessions: refuses what the server does not flag as `readonly`, apart from a few
/// commands that change nothing stored. Asks the server (COMMAND INFO); what it cannot tell is
/// refused.
Result<void> checkReadOnly(Session& session, const std::vector<std::string>& command);

}  // namespace mydba::redis
