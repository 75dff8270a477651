#include <map>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select) continue;
    std::map<std::string, const Source*> known;
    for (const Source& source : query.sources) {
      const std::string name = subject.nameOf(source);
      if (name.empty()) continue;
      const auto [other, isNew] = known.emplace(name, &source);
      if (isNew) continue;
      // Two schemas may have a table of one name.
      const bool schemas = source.alias == nothing && other->second->alias == nothing &&
                           subject.source(source.name) != subject.source(other->second->name);
      if (!schemas)
        report.add(source.tokens, "Two members of FROM are called " + name +
                                      ": a column of it is ambiguous. Give one of them an alias");
    }
  }
}

}  // namespace

extern const SqlRule duplicateAliasRule;
const SqlRule duplicateAliasRule{
    .id = "duplicate-alias", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
