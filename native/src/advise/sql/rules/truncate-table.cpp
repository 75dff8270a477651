#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto& facts = subject.facts();
  if (facts.kind != sql::StatementKind::truncate) return;
  if (facts.definition && facts.definition->cascade)
    report.addToken(
        0, "TRUNCATE … CASCADE also empties every table that refers to this one, and theirs");
}

}  // namespace

extern const SqlRule truncateTableRule;
const SqlRule truncateTableRule{
    .id = "truncate-table", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
