#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto& facts = subject.facts();
  if (facts.kind != sql::StatementKind::truncate) return;
  const bool cascade = facts.definition && facts.definition->cascade;
  auto& seen = report.addToken(
      0, cascade
             ? "TRUNCATE … CASCADE also empties every table that refers to this one, and theirs"
             : "TRUNCATE fires no row triggers and takes a lock that stops readers and writers; "
               "in MySQL it cannot be rolled back");
  if (cascade) seen.severity = Severity::warning;
}

}  // namespace

extern const SqlRule truncateTableRule;
const SqlRule truncateTableRule{.id = "truncate-table", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
