#pragma once

#include <optional>
#include <string_view>

#include "sql/alteration.h"
#include "sql/statement.h"

namespace mydba::sql {

/// One UPDATE or DELETE of one table, without WITH, joins and cursors.
struct SingleChange {
  TextRange target;     ///< the table with its alias: `ONLY s.t AS x`
  WrittenName table;    ///< without
  TextRange condition;  ///< behind WHERE; empty when there is none
  TextRange tail;       ///< ORDER BY and LIMIT; empty when there is none
};

/// Nothing when the statement is anything else, or a doubt is left: an executable comment, a string
/// that depends on the mode of the server.
std::optional<SingleChange> readSingleChange(std::string_view text, const Statement& statement,
                                             const Dialect& dialect);

}  // namespace mydba::sql
