#include "guard/take_back.h"

#include <algorithm>
#include <iterator>

namespace mydba::guard {
namespace {

/// Findings (checks.cpp, sorted) that say nothing of what is outside of transactions.
constexpr std::string_view inside[] = {"alter",
                                       "cartesian-product",
                                       "chained-destructive",
                                       "comment-swallows-quote",
                                       "create",
                                       "create-or-replace-table",
                                       "definition",
                                       "delete",
                                       "delete-always-true",
                                       "delete-without-where",
                                       "drop",
                                       "injection-shape",
                                       "insert",
                                       "many-rows",
                                       "merge",
                                       "privileges",
                                       "rename",
                                       "replace",
                                       "row-lock",
                                       "several-statements",
                                       "truncate",
                                       "union-secret",
                                       "update",
                                       "update-always-true",
                                       "update-without-where"};

bool isInside(const Reason& reason) {
  return std::binary_search(std::begin(inside), std::end(inside), reason.id);
}

bool kindIsInside(sql::StatementKind kind) {
  using enum sql::StatementKind;
  for (const auto known : {select, insert, update, remove, replace, merge, create, alter, drop,
                           truncate, rename, grant, revoke})
    if (kind == known) return true;
  return false;
}

/// Of objects outside of one database (PostgreSQL manual: CREATE DATABASE, CREATE TABLESPACE, ALTER
/// SYSTEM, DROP SUBSCRIPTION cannot be executed inside a transaction block).
bool isOutside(const sql::Definition& definition) {
  for (const std::string_view type : {"database", "tablespace", "system", "subscription"})
    if (definition.objectType == type) return true;
  return false;
}

}  // namespace

std::optional<std::string> whyNotTakenBack(const sql::Statement& statement,
                                           const Verdict& verdict) {
  if (!kindIsInside(statement.kind))
    return "what " + statement.kindName + " does cannot be rolled back";
  if (!statement.files.empty()) return "what is done with files cannot be rolled back";
  if (statement.definition && statement.definition->concurrently)
    return "CONCURRENTLY cannot run inside a transaction";
  if (statement.definition && isOutside(*statement.definition))
    return "what is done to a " + statement.definition->objectType + " cannot be rolled back";
  const auto outside = std::find_if_not(verdict.reasons.begin(), verdict.reasons.end(), isInside);
  if (outside != verdict.reasons.end())
    return "a rollback may not take all of it back: " + outside->message;
  return {};
}

}  // namespace mydba::guard
