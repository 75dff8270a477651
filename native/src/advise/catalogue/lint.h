#pragma once

// Judges the tables of a database by the rules of rules/. Runs no statement: the engine has filled
// the facts.

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "advise/catalogue/rule.h"

namespace mydba::advise {

struct TableFinding {
  std::string_view id;
  Severity severity{};
  std::string schema;
  std::string table;
  std::string object;  ///< of the table: an index, a column, a key; empty: the table itself
  std::string message;
  protocol::Citation citation;
};

using RuleNames = std::set<std::string, std::less<>>;

/// Of one table among the others. `only`: rules to apply; empty: all.
std::vector<TableFinding> lintTable(const TableFacts& table, const CatalogueFacts& facts,
                                    const RuleNames& only = {});
/// Of all, in the order of the tables.
std::vector<TableFinding> lintTables(const CatalogueFacts& facts, const RuleNames& only = {});

/// All rules, by id. Static storage duration.
std::span<const TableRule* const> tableRules();

}  // namespace mydba::advise
