#pragma once

#include "engines/mysql/session.h"
#include "sql/statement.h"

namespace mydba::mysql {

/// Success when a transaction takes back all that the statement changes: rows of InnoDB tables
/// without triggers (a trigger may write anywhere). Else `refused`, with the reason.
Result<void> canTakeBack(Session& session, const sql::Statement& statement,
                         const CancelToken& cancel);

}  // namespace mydba::mysql
