#include <algorithm>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// The only table that the select list and the order name; null when there are several.
const Source* shownTable(const Context& context, const Query& query) {
  const Subject& subject = context.subject();
  std::vector<ExprId> shown;
  for (const auto& item : query.items)
    for (const ExprId id : subject.within(item.value)) shown.push_back(id);
  for (const auto& order : query.orders)
    for (const ExprId id : subject.within(order.value)) shown.push_back(id);
  const Source* found = nullptr;
  for (const ExprId id : shown) {
    const Shape shape = subject.at(id).shape;
    if (shape == Shape::star || shape == Shape::subquery || shape == Shape::exists) return nullptr;
    if (shape != Shape::column) continue;
    const auto owned = context.owner(id);
    if (!owned || owned->query != &query || (found && found != owned->source)) return nullptr;
    found = owned->source;
  }
  return found;
}

bool concernsOnly(const Context& context, ExprId id, const Source& source) {
  return std::ranges::all_of(context.subject().within(id), [&](ExprId part) {
    const Shape shape = context.subject().at(part).shape;
    if (shape != Shape::column) return shape != Shape::subquery && shape != Shape::exists;
    const auto owned = context.owner(part);
    return owned && owned->source == &source;
  });
}

/// Every column has its table with it, so that it means the same in another query.
bool isQualified(const Context& context, ExprId id) {
  return std::ranges::all_of(context.subject().within(id), [&](ExprId part) {
    const Shape shape = context.subject().at(part).shape;
    if (shape == Shape::subquery || shape == Shape::exists) return false;
    return shape != Shape::column || !context.subject().qualifier(part).empty();
  });
}

bool keepsKey(const Context& context, const Query& query, const Source& shown) {
  const Definition* table = context.definition(shown);
  std::vector<std::string> columns;
  for (const auto& item : query.items) columns.push_back(context.subject().column(item.value));
  return table && table->hasKeyIn(columns);
}

std::optional<Draft> rewritten(const Context& context, const Query& query) {
  const Subject& subject = context.subject();
  const Source* shown = shownTable(context, query);
  if (!shown) return std::nullopt;
  std::vector<std::string> outside, inside;
  std::string tables;
  std::vector<ExprId> all;
  for (const Source& source : query.sources) {
    if (&source != shown) tables += (tables.empty() ? "" : ", ") + context.text(source.tokens);
    for (const ExprId id : subject.conjuncts(source.on)) all.push_back(id);
  }
  for (const ExprId id : subject.conjuncts(query.where)) all.push_back(id);
  for (const ExprId id : all) {
    const bool own = concernsOnly(context, id, *shown);
    if (!own && !isQualified(context, id)) return std::nullopt;
    (own ? outside : inside).push_back(context.asConjunct(id));
  }
  if (inside.empty()) return std::nullopt;
  outside.push_back("EXISTS (SELECT 1 FROM " + tables + " WHERE " + conjunction(inside) + ")");
  Draft draft(subject);
  const std::size_t begin = query.sources.front().tokens.begin;
  std::size_t end = context.behindFrom(query);
  if (query.whereAt != nothing) end = context.clauseEnd(query, query.whereAt);
  draft.replace(Range{begin, end}, context.text(shown->tokens) + " WHERE " + conjunction(outside));
  if (keepsKey(context, query, *shown)) draft.remove({query.distinct, query.distinct + 1});
  return draft;
}

std::vector<Draft> drafts(const Context& context) {
  std::vector<Draft> found;
  for (const Query& query : context.subject().queries()) {
    if (query.verb != sql::Verb::select || query.distinct == nothing || query.distinctOn ||
        query.sources.size() < 2 || context.hasAggregates(query) || !context.joinsInside(query))
      continue;
    if (auto draft = rewritten(context, query)) found.push_back(std::move(*draft));
  }
  return found;
}

}  // namespace

extern const Rewrite semiJoin{
    .title = "Ask with EXISTS for the tables that only filter",
    .why =
        "The join makes a row for every match, and DISTINCT throws the copies away. EXISTS stops "
        "at the first match of each row.",
    .document = "all/distinct-hides-duplicates",
    .drafts = drafts};

}  // namespace mydba::optimize
