#pragma once

#include "base/cancel.h"
#include "optimize/definition.h"
#include "sql/statement.h"
#include "types.h"

namespace mydba {
class Connection;
}

namespace mydba::optimize {

/// Of the tables that a statement names, as the catalogue has them: a few short queries for each.
/// Which of several tables of one name is meant is told by the statement or by its plan; where it
/// is not, or where the catalogue gives no definition, the table is left out. On the connection's
/// lane.
Definitions tableDefinitions(Connection& connection, const sql::Statement& statement,
                             const protocol::PlanTree& plan, const CancelToken& cancel);

}  // namespace mydba::optimize
