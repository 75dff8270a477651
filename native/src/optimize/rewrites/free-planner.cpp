#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

std::vector<Draft> drafts(const Context& context) {
  const Subject& subject = context.subject();
  const auto& tokens = subject.tokens();
  Draft draft(subject);
  for (const Query& query : subject.queries()) {
    for (const Source& source : query.sources)
      if (source.hint != nothing) draft.remove({source.hint, source.tokens.end});
    if (query.place != sql::Place::cte || query.tokens.begin < 3) continue;
    const std::size_t word = query.tokens.begin - 2;  // MATERIALIZED ( SELECT
    if (tokens.is(word, Keyword::materialized) && !tokens.is(word - 1, Keyword::not_))
      draft.remove({word, word + 1});
  }
  return {draft};
}

}  // namespace

extern const Rewrite freePlanner{
    .title = "Let the planner choose",
    .why =
        "A hint names the index, or keeps a CTE apart, whatever the data are by now. Without it "
        "the planner weighs all ways again.",
    .document = "all/sql-rules#optimizer-hint",
    .drafts = drafts};

}  // namespace mydba::optimize
