#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

/// A database in memory with the tables, indexes, views and triggers of another connection's files,
/// no rows, and the statistics of the rows that are not there. The planner never looks at rows, so
/// it plans here as it does there.
struct SchemaCopy {
  std::unique_ptr<Session> session;
  std::vector<std::string> schemas;  ///< `main`, `temp`, attached ones
  std::vector<std::string> notices;  ///< what could not be copied
};

/// Reads `real` and changes nothing of it. Not under a Session::Guard. The copy's session follows
/// `cancel` and needs no Guard.
Result<SchemaCopy> copySchemas(Session& real, const CancelToken& cancel);

/// Makes the planner of `session` read the statistics of a schema anew.
Result<void> loadStatistics(Session& session, const std::string& schema, const CancelToken& cancel);

/// Runs one statement without rows, `values` bound as text.
Result<void> runOne(Session& session, const std::string& sql,
                    const std::vector<std::string>& values, const CancelToken& cancel);

}  // namespace mydba::sqlite
