#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/sqlite/session.h"
#include "sql/statement.h"
#include "types.h"

namespace mydba::sqlite {

/// A table of a file.
struct TablePlace {
  std::string schema;  ///< `main`, `temp` or the name of an attached file
  std::string name;    ///< as it was created
};

/// The indexes of a table, but those of a part of its rows.
Result<std::vector<protocol::PlanIndex>> readIndexes(Session& session, const TablePlace& table,
                                                     const CancelToken& cancel);

/// Rows of a table as ANALYZE left them; nothing when it has no statistics.
Result<std::optional<double>> rowsInStatistics(Session& session, const TablePlace& table,
                                               const CancelToken& cancel);

/// What the catalogue says of the tables that a statement names, in its order: as addRelations.
Result<std::vector<protocol::PlanRelation>> readRelations(Session& session,
                                                          const sql::Statement& statement,
                                                          const CancelToken& cancel);

/// Fills PlanTree::relations with what the catalogue says of the tables in a plan: indexes, and
/// rows: of the statistics, or counted within a quarter of a second when there are none; and its
/// scans with what follows from that (scan_facts.h). What fails becomes a warning of the tree.
void addRelations(Session& session, protocol::PlanTree& tree, const CancelToken& cancel);

}  // namespace mydba::sqlite
