#pragma once

// Judges SQL text by the rules of rules/. Needs no server. Linear in the text; never fails: what is
// no SQL gets no findings.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "advise/sql/rule.h"

namespace mydba::advise {

struct LintOptions {
  /// Rules to apply; empty: all but those that are only for who asks.
  std::set<std::string, std::less<>> only;
  /// Of the server, as 100 × major + minor; nothing when unknown.
  std::optional<int> version;
};

struct LintFinding {
  std::string_view id;
  Severity severity{};
  std::string message;
  std::size_t start = 0;  ///< bytes of the whole text
  std::size_t end = 0;
  protocol::Citation citation;
  std::optional<Fix> fix;
};

/// In the order of the text.
std::vector<LintFinding> lint(std::string_view text, const sql::Dialect& dialect,
                              const LintOptions& options = {});

/// All rules, by id.
std::vector<const SqlRule*> sqlRules();

/// Why a rule is one: a section of rag-docs/all/sql-rules.md.
protocol::Citation sqlRuleCitation(std::string_view id);

}  // namespace mydba::advise
