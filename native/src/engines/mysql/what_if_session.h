#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engines/mysql/session.h"
#include "sql/statement.h"

namespace mydba::mysql {

/// A second session on the server of `user`, in the same database: DDL there commits nothing of the
/// user's, and all that is set there ends with it.
Result<std::unique_ptr<Session>> openBeside(Session& user, const CancelToken& cancel);

/// Gives `own` the settings of `user` that a plan depends on.
Result<void> copyPlannerSettings(Session& user, Session& own, const CancelToken& cancel);

/// Keeps what follows out of the binary log. True when nothing of it goes to replicas.
Result<bool> withoutReplicating(Session& own, const CancelToken& cancel);

/// Calls `drop` with `own`, and once more with a new session when that one is lost. The new one
/// keeps out of the binary log like the old: a replica that did not see what was made stops at its
/// drop. It waits a second for a lock.
Result<void> dropWith(Session& own, const std::function<Result<void>(Session&)>& drop);

/// A name that nobody else has, with the server's time in it, and a named lock on it that lives as
/// long as `own`: `mydba_whatif_691f0c3a_5d1e77a0`.
Result<std::string> claimName(Session& own, const CancelToken& cancel);

/// Says how to remove what was left by helpers that were killed an hour ago or earlier.
Result<std::vector<std::string>> leftovers(Session& own, const CancelToken& cancel);

/// Names of ours, and what they stand for.
using Aliases = std::vector<std::pair<std::string, std::string>>;

std::string withRealNames(std::string text, const Aliases& aliases);

/// The plan of `sent`, as that of `statement`. The position of an error counts in `statement` where
/// both are the same.
Result<protocol::PlanTree> planAs(Session& own, std::string_view statement, std::string_view sent,
                                  const Aliases& aliases, const CancelToken& cancel);

struct TableFacts {
  std::string database;
  std::string name;
  std::string type;  ///< `BASE TABLE`, `VIEW`
  std::string engine;
  double rows = 0;
  double bytes = 0;  ///< without secondary indexes
};

/// The tables that the statement names, each once; what the server does not know is left out.
Result<std::vector<TableFacts>> tablesOf(Session& own, const sql::Statement& statement,
                                         const std::string& database, const CancelToken& cancel);

}  // namespace mydba::mysql
