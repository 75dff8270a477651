#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto see = [&](Range what, std::uint32_t alias, bool as) {
    auto& seen = report.addToken(alias, "The alias is the name itself");
    const std::size_t from = as ? alias - 1 : alias;
    seen.fix = Fix{"Remove the alias",
                   {{subject.tokens()[from - 1].end, subject.tokens()[alias].end, ""}}};
    static_cast<void>(what);
  };
  for (const Query& query : subject.queries()) {
    for (const auto& item : query.items)
      if (item.alias != nothing && subject.column(item.value) == subject.name(item.alias) &&
          subject.at(item.value).tokens.size() == 1)
        see(item.tokens, item.alias, item.explicitAs);
    for (const Source& source : query.sources)
      if (source.alias != nothing && source.name.size() == 1 &&
          subject.table(source) == subject.name(source.alias))
        see(source.tokens, source.alias, source.explicitAs);
  }
}

}  // namespace

extern const SqlRule aliasSameNameRule;
const SqlRule aliasSameNameRule{
    .id = "alias-same-name", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
