#include "advise/sql/longest_list.h"
#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select || query.sources.size() < 2) continue;
    if (query.sources.size() > longestList) continue;
    for (std::size_t i = 1; i < query.sources.size(); ++i) {
      const Source& source = query.sources[i];
      const Expr& on = subject.at(source.on);
      if (source.on == nothing || on.shape != Shape::comparison || on.word != "=" ||
          on.parts.size() != 2 || subject.table(source).empty())
        continue;
      if (subject.column(on.parts[0]) != "id" || subject.column(on.parts[1]) != "id") continue;
      const std::string own = subject.nameOf(source);
      const bool left = subject.qualifier(on.parts[0]) == own;
      const std::string other = subject.qualifier(on.parts[left ? 1 : 0]);
      if (!left && subject.qualifier(on.parts[1]) != own) continue;
      for (std::size_t k = 0; k < i; ++k)
        if (subject.nameOf(query.sources[k]) == other && other != own &&
            subject.source(query.sources[k].name) == subject.source(source.name))
          report.add(source.tokens,
                     "The table is joined with itself by its key: each row meets "
                     "itself, once would do");
    }
  }
}

}  // namespace

extern const SqlRule selfJoinOnIdRule;
const SqlRule selfJoinOnIdRule{
    .id = "self-join-on-id", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
