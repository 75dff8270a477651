#include "advise/sql/rule.h"
#include "privacy/secrets.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const auto& secret : privacy::secretsOfSql(subject.text(), subject.dialect()))
    report.addBytes(secret.start, secret.end,
                    "A password in the text is kept by histories, logs and everybody who reads "
                    "the file: bind it, or let the client ask");
}

}  // namespace

extern const SqlRule readablePasswordRule;
const SqlRule readablePasswordRule{
    .id = "readable-password", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
