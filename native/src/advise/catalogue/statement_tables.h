#pragma once

// The rules for tables, for SQL text: findings on the tables that its statements use.

#include <string_view>
#include <vector>

#include "advise/catalogue/lint.h"
#include "advise/sql/lint.h"
#include "sql/statement.h"

namespace mydba::advise {

/// The tables that statements of `text` read or change, once each, with where they are first named
/// in it. Statements that define tables are left out: what they leave behind is not known yet.
std::vector<sql::ObjectName> tablesUsed(std::string_view text, const sql::Dialect& dialect);

/// The table that a name of a statement means; null when it is not among the facts.
const TableFacts* tableNamed(const sql::ObjectName& name, const CatalogueFacts& facts);

/// Findings on the tables that `text` uses, each where the table is first named; without fixes.
std::vector<LintFinding> lintTablesUsed(std::string_view text, const CatalogueFacts& facts,
                                        const RuleNames& only = {});

/// Findings on all tables of the facts, at the text's start.
std::vector<LintFinding> lintAllTables(const CatalogueFacts& facts, const RuleNames& only = {});

}  // namespace mydba::advise
