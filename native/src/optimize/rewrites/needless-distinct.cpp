#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

bool hasKey(const Context& context, const Query& query, const std::vector<std::string>& columns) {
  const Definition* table =
      query.sources.size() == 1 ? context.definition(query.sources[0]) : nullptr;
  return table && table->hasKeyIn(columns);
}

std::vector<Draft> drafts(const Context& context) {
  const Subject& subject = context.subject();
  Draft draft(subject);
  for (const Query& query : subject.queries()) {
    if (query.verb != sql::Verb::select) continue;
    std::vector<std::string> columns;
    for (const auto& item : query.items) columns.push_back(subject.column(item.value));
    if (query.distinct != nothing && !query.distinctOn && !context.hasAggregates(query) &&
        hasKey(context, query, columns))
      draft.remove({query.distinct, query.distinct + 1});
    for (const auto& item : query.items) {
      const Expr& call = subject.at(item.value);
      if (!subject.isCall(item.value, {"COUNT"}) || !call.distinct || call.windowed ||
          call.parts.size() != 1 || item.alias == nothing ||
          !hasKey(context, query, {subject.column(call.parts[0])}))
        continue;
      // Something may stand behind the parenthesis: FILTER.
      const std::size_t open = call.tokens.begin + 1;
      if (subject.tokens().partner(open) + 1 == call.tokens.end)
        draft.replace(item.value, "count(*)");
    }
  }
  return {draft};
}

}  // namespace

extern const Rewrite needlessDistinct{
    .title = "No DISTINCT over a key",
    .why =
        "A key is never the same in two rows: looking for copies of it finds none, and takes a "
        "sort or a hash table.",
    .document = "all/distinct-hides-duplicates",
    .drafts = drafts};

}  // namespace mydba::optimize
