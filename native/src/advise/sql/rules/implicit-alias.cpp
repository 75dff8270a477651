#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto see = [&](std::uint32_t alias) {
    auto& seen =
        report.addToken(alias, "Write AS before an alias, so that a forgotten comma is seen");
    seen.fix = Fix{"Add AS", {report.insertBefore(alias, "AS ")}};
  };
  for (const Query& query : subject.queries()) {
    for (const auto& item : query.items)
      if (item.alias != nothing && !item.explicitAs) see(item.alias);
    for (const Source& source : query.sources)
      if (source.alias != nothing && !source.explicitAs) see(source.alias);
  }
}

}  // namespace

extern const SqlRule implicitAliasRule;
const SqlRule implicitAliasRule{
    .id = "implicit-alias", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
