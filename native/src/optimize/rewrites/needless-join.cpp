#include <algorithm>
#include <optional>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

using sql::Join;

/// Columns of `source` that its own condition makes equal to something of other tables.
std::vector<std::string> tiedColumns(const Context& context, const Query& query,
                                     const Source& source) {
  const Subject& subject = context.subject();
  std::vector<std::string> columns;
  for (const ExprId id : subject.conjuncts(source.on)) {
    const Expr& test = subject.at(id);
    if (test.shape != Shape::comparison || test.word != "=" || test.parts.size() != 2) continue;
    for (const ExprId side : test.parts) {
      const auto owned = context.owner(side);
      if (owned && owned->query == &query && owned->source == &source)
        columns.push_back(subject.column(side));
    }
  }
  return columns;
}

/// Columns of the source anywhere in the statement but in its own condition; nothing when a star
/// or a name that cannot be told may mean it.
std::optional<std::vector<ExprId>> uses(const Context& context, const Source& source) {
  const Subject& subject = context.subject();
  const auto own = subject.within(source.on);
  std::vector<ExprId> found;
  for (ExprId id = 0; id < subject.outline().exprs().size(); ++id) {
    if (std::ranges::find(own, id) != own.end()) continue;
    if (subject.is(id, Shape::star)) {
      // Not the one of count(*), which counts rows and shows none.
      const bool shown = std::ranges::any_of(subject.queries(), [&](const Query& query) {
        return std::ranges::any_of(query.items, [&](const auto& item) { return item.value == id; });
      });
      if (shown &&
          (subject.qualifier(id).empty() || subject.qualifier(id) == subject.nameOf(source)))
        return std::nullopt;
    }
    if (!subject.is(id, Shape::column)) continue;
    const auto owned = context.owner(id);
    if (!owned &&
        (subject.qualifier(id).empty() || subject.qualifier(id) == subject.nameOf(source)))
      return std::nullopt;
    if (owned && owned->source == &source) found.push_back(id);
  }
  return found;
}

std::size_t joinEnd(const Context& context, const Query& query, std::size_t index) {
  return index + 1 < query.sources.size() ? std::size_t{query.sources[index + 1].joinAt}
                                          : context.behindFrom(query);
}

/// A join with the same row of the same table: its columns are the other's.
const Source* sameRow(const Context& context, const Query& query, std::size_t index) {
  const Subject& subject = context.subject();
  const Source& source = query.sources[index];
  const Expr& on = subject.at(source.on);
  if (source.join != Join::inner || on.shape != Shape::comparison || on.word != "=" ||
      on.parts.size() != 2 || subject.column(on.parts[0]) != subject.column(on.parts[1]))
    return nullptr;
  const auto left = context.owner(on.parts[0]), right = context.owner(on.parts[1]);
  if (!left || !right || left->source == right->source) return nullptr;
  const Source* other = left->source == &source ? right->source : left->source;
  const bool joinsIt = left->source == &source || right->source == &source;
  const Definition* table = context.definition(source);
  // Its own side of an outer join may be all NULL.
  const bool ordinary = other->join == Join::first || other->join == Join::inner ||
                        other->join == Join::comma || other->join == Join::cross;
  return joinsIt && ordinary && table && other->query == nothing &&
                 subject.source(other->name) == subject.source(source.name) &&
                 table->hasKeyIn({subject.column(on.parts[0])})
             ? other
             : nullptr;
}

std::optional<Draft> without(const Context& context, const Query& query, std::size_t index) {
  const Source& source = query.sources[index];
  if (source.usesColumns || source.natural || source.lateral || source.query != nothing)
    return std::nullopt;
  const auto used = uses(context, source);
  if (!used) return std::nullopt;
  Draft draft(context.subject());
  const Range join{source.joinAt, joinEnd(context, query, index)};
  if (const Source* other = sameRow(context, query, index)) {
    for (const ExprId id : *used) {
      const std::size_t table = context.subject().at(id).tokens.end - 3;
      if (context.subject().qualifier(id).empty()) return std::nullopt;
      draft.replace(Range{table, table + 1}, context.nameOf(*other));
    }
    draft.remove(join);
    return draft;
  }
  const Definition* table = context.definition(source);
  if (source.join != Join::left || !used->empty() || !table ||
      !table->hasKeyIn(tiedColumns(context, query, source)))
    return std::nullopt;
  draft.remove(join);
  return draft;
}

std::vector<Draft> drafts(const Context& context) {
  std::vector<Draft> found;
  for (const Query& query : context.subject().queries()) {
    if (query.verb != sql::Verb::select) continue;
    for (std::size_t i = 1; i < query.sources.size(); ++i)
      if (auto draft = without(context, query, i)) found.push_back(std::move(*draft));
  }
  return found;
}

}  // namespace

extern const Rewrite needlessJoin{
    .title = "Leave out a join that adds nothing",
    .why =
        "By its key the joined table brings exactly the same row, or at most one of which "
        "nothing is shown: the result is the same without it.",
    .document = "all/window-functions-instead-of-self-joins",
    .drafts = drafts};

}  // namespace mydba::optimize
