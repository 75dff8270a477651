#pragma once

#include <cstddef>

#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::sql {

/// Reads what a statement of the kinds create, alter, drop, truncate, rename, or a verb like
/// REINDEX, names; `at` is its verb. Fills `definition`, and `tables` where the objects are tables
/// or views.
void readDefinition(const TokenList& tokens, std::size_t at, Statement& statement);

/// Reads the assignments of SET and RESET, whose verb is at `at`, and of ALTER SYSTEM. Returns
/// where the statement goes on that a SET STATEMENT … FOR executes, or 0.
std::size_t readSettings(const TokenList& tokens, std::size_t at, Statement& statement);

}  // namespace mydba::sql
