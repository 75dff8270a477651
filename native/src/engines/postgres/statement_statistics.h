#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engines/postgres/explainer.h"
#include "engines/postgres/session.h"

namespace mydba::postgres {

struct CountedStatement {
  std::string queryId;
  protocol::StatementStatistics statistics;  ///< `rowsSent` also counts rows that it changed
};

/// What pg_stat_statements counted for a statement before; nothing where it is not there, this role
/// may not ask it, or it has never run. `explained` stands behind EXPLAIN: only its VERBOSE output
/// names the id, so the statement is planned once more, for a quarter of a second at most. The last
/// thing in a transaction that is rolled back, which may have failed afterwards. Lane's thread.
std::optional<CountedStatement> countedBefore(Session& session, PostgresExplainer& explainer,
                                              std::string_view explained,
                                              const CancelToken& cancel);

}  // namespace mydba::postgres
