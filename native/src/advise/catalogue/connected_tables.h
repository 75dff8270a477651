#pragma once

// The rules for tables, on a connection.

#include <optional>
#include <string_view>
#include <vector>

#include "advise/catalogue/statement_tables.h"
#include "engines/engine.h"

namespace mydba::advise {

/// Reads what the catalogue says when it is first asked, and keeps it: one of these judges many
/// texts against the tables as they were then. Lane's thread; `catalogue` outlives it.
class ConnectedTables {
 public:
  explicit ConnectedTables(Catalogue& catalogue) : catalogue_(catalogue) {}

  /// Findings on the tables that `text` uses, each where the table is first named; without fixes.
  Result<std::vector<LintFinding>> lintUsed(std::string_view text, const sql::Dialect& dialect,
                                            const RuleNames& only, const CancelToken& cancel);
  /// Findings on all tables, at most `mostTables` of them, at the start of any text.
  Result<std::vector<LintFinding>> lintAll(const RuleNames& only, const CancelToken& cancel);

  /// There are more tables than were judged.
  bool cut() const { return facts_ && facts_->cut; }

  static constexpr int mostTables = 1000;

 private:
  Result<void> read(const std::vector<sql::ObjectName>& used, const CancelToken& cancel);

  Catalogue& catalogue_;
  std::optional<CatalogueFacts> facts_;
};

}  // namespace mydba::advise
