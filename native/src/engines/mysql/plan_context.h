#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/mysql/session.h"
#include "sql/statement.h"
#include "types.h"

namespace mydba::mysql {

/// What the server remarked on the statement that has just been explained: which index it could not
/// use, and how it reads the statement.
std::vector<std::string> readRemarks(Session& session, const CancelToken& cancel);

/// What the catalogue says of the tables that a statement names, in its order, of at most twenty;
/// those that are none, or not to be seen by this account, are left out.
std::vector<protocol::PlanRelation> readRelations(Session& session, const sql::Statement& statement,
                                                  const CancelToken& cancel);

/// Adds what the server knows beside the plan: of at most twenty of its tables (relations), and of
/// earlier runs (statistics). What cannot be read is left out, or named in the tree's warnings.
void addContext(Session& session, std::string_view sql, const sql::Statement& statement,
                protocol::PlanTree& tree, const CancelToken& cancel);

}  // namespace mydba::mysql
