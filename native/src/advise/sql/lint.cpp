#include "advise/sql/lint.h"

#include <algorithm>
#include <unordered_map>

#include "rag/citation.h"
#include "sql/splitter.h"

namespace mydba::advise {

#define MYDBA_SQL_RULE(name) extern const SqlRule name##Rule;
#include "advise/sql/rules/rules.inc"
#undef MYDBA_SQL_RULE

namespace {

bool applies(const SqlRule& rule, const sql::Dialect& dialect, const LintOptions& options) {
  if (options.only.empty() ? rule.onRequest : !options.only.contains(rule.id)) return false;
  return rule.dialects.empty() ||
         std::find(rule.dialects.begin(), rule.dialects.end(), dialect.name) != rule.dialects.end();
}

LintFinding finding(const SqlRule& rule, Sighting sighting, std::size_t offset,
                    const protocol::Citation& citation) {
  if (sighting.fix)
    for (Edit& edit : sighting.fix->edits) {
      edit.start += offset;
      edit.end += offset;
    }
  return {.id = rule.id,
          .severity = sighting.severity.value_or(rule.severity),
          .message = std::move(sighting.message),
          .start = sighting.start + offset,
          .end = sighting.end + offset,
          .citation = citation,
          .fix = std::move(sighting.fix)};
}

}  // namespace

Sighting& Report::addBytes(std::size_t start, std::size_t end, std::string message) {
  seen_.push_back({.start = start, .end = end, .message = std::move(message)});
  return seen_.back();
}

Sighting& Report::add(Range tokens, std::string message) {
  const auto& list = subject_.tokens();
  const std::size_t start = list[tokens.begin].start;
  const std::size_t end = tokens.size() == 0 ? start : std::size_t{list[tokens.end - 1].end};
  return addBytes(start, end, std::move(message));
}

Edit Report::replace(Range tokens, std::string text) const {
  const auto& list = subject_.tokens();
  return {list[tokens.begin].start, list[tokens.end - 1].end, std::move(text)};
}

Edit Report::insertBefore(std::size_t token, std::string text) const {
  const std::size_t at = subject_.tokens()[token].start;
  return {at, at, std::move(text)};
}

Edit Report::insertBehind(std::size_t token, std::string text) const {
  const std::size_t at = subject_.tokens()[token].end;
  return {at, at, std::move(text)};
}

std::vector<const SqlRule*> sqlRules() {
  return {
#define MYDBA_SQL_RULE(name) &name##Rule,
#include "advise/sql/rules/rules.inc"
#undef MYDBA_SQL_RULE
  };
}

protocol::Citation sqlRuleCitation(std::string_view id) {
  return rag::cite("all/sql-rules#" + std::string(id));
}

std::vector<LintFinding> lint(std::string_view text, const sql::Dialect& dialect,
                              const LintOptions& options) {
  std::vector<LintFinding> findings;
  if (dialect.lineCommands) return findings;
  std::vector<const SqlRule*> rules;
  for (const SqlRule* rule : sqlRules())
    if (applies(*rule, dialect, options)) rules.push_back(rule);
  std::unordered_map<const SqlRule*, protocol::Citation> citations;
  for (const sql::StatementRange& range : sql::split(text, dialect)) {
    const Subject subject(text.substr(range.start, range.end - range.start), dialect,
                          options.version);
    for (const SqlRule* rule : rules) {
      Report report(subject);
      rule->check(subject, report);
      for (Sighting& sighting : report.take()) {
        const auto [cited, isNew] = citations.try_emplace(rule);
        if (isNew) cited->second = sqlRuleCitation(rule->id);
        findings.push_back(finding(*rule, std::move(sighting), range.start, cited->second));
      }
    }
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto& a, const auto& b) { return a.start < b.start; });
  return findings;
}

}  // namespace mydba::advise
