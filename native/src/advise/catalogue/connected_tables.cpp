#include "advise/catalogue/connected_tables.h"

#include <algorithm>

namespace mydba::advise {

Result<void> ConnectedTables::read(const std::vector<sql::ObjectName>& used,
                                   const CancelToken& cancel) {
  // Of very many tables only some are kept, and another text may use others.
  const bool missing = facts_ && facts_->cut && std::ranges::any_of(used, [&](const auto& name) {
                         return tableNamed(name, *facts_) == nullptr;
                       });
  if (facts_ && !missing) return {};
  const std::span first(used.begin(), std::min(used.size(), std::size_t{mostTables}));
  auto facts = catalogue_.tableFacts(first, mostTables, cancel);
  if (!facts) return facts.error();
  facts_ = std::move(*facts);
  return {};
}

Result<std::vector<LintFinding>> ConnectedTables::lintUsed(std::string_view text,
                                                           const sql::Dialect& dialect,
                                                           const RuleNames& only,
                                                           const CancelToken& cancel) {
  const auto used = tablesUsed(text, dialect);
  if (used.empty()) return std::vector<LintFinding>{};
  if (auto known = read(used, cancel); !known) return known.error();
  return lintTablesUsed(text, *facts_, only);
}

Result<std::vector<LintFinding>> ConnectedTables::lintAll(const RuleNames& only,
                                                          const CancelToken& cancel) {
  if (auto known = read({}, cancel); !known) return known.error();
  return lintAllTables(*facts_, only);
}

}  // namespace mydba::advise
