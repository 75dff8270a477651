#include <algorithm>

#include "optimize/correlation.h"
#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// A scalar sub-query as a table that is joined: one row for each value that ties it.
struct Table {
  std::string join;
  std::string value;
};

/// The one row that a sub-query without aggregate may give is told by a key.
bool givesOneRow(const Context& context, const Query& inner, const Correlation& tied) {
  if (inner.sources.size() != 1) return false;
  const Definition* table = context.definition(inner.sources[0]);
  std::vector<std::string> columns;
  for (const auto& pair : tied.pairs) columns.push_back(context.subject().column(pair.inner));
  return table && table->hasKeyIn(columns);
}

std::optional<Table> asTable(const Context& context, const Query& inner, const std::string& name) {
  const Subject& subject = context.subject();
  if (inner.verb != sql::Verb::select || inner.items.size() != 1 || !inner.groups.empty() ||
      inner.having != nothing || inner.distinct != nothing || inner.limit != nothing ||
      inner.orderAt != nothing || inner.nextPart != nothing || inner.sources.empty() ||
      !context.joinsOwnTables(inner))
    return std::nullopt;
  const ExprId value = inner.items[0].value;
  const bool aggregate = subject.isAggregate(value);
  const bool counts = subject.isCall(value, {"COUNT"});
  const bool countsAll = counts && subject.at(value).parts.size() == 1 &&
                         subject.is(subject.at(value).parts[0], Shape::star);
  if (!countsAll && !context.isOf(value, inner)) return std::nullopt;
  const auto tied = readCorrelation(context, inner);
  if (!tied || tied->pairs.empty()) return std::nullopt;
  if (!aggregate && (subject.hasAggregate(value) || !givesOneRow(context, inner, *tied)))
    return std::nullopt;
  std::string columns, groups, on;
  for (std::size_t i = 0; i < tied->pairs.size(); ++i) {
    const std::string key = "key" + std::to_string(i + 1);
    columns += context.text(tied->pairs[i].inner) + " AS " + key + ", ";
    groups += (i ? ", " : "") + context.text(tied->pairs[i].inner);
    const ExprId outer = tied->pairs[i].outer;
    on += (i ? " AND " : "") + name + "." + key + " = " +
          (subject.is(outer, Shape::column) ? context.qualified(outer) : context.text(outer));
  }
  std::string text = " LEFT JOIN (SELECT " + columns + context.text(value) + " AS value1 FROM " +
                     context.fromText(inner);
  if (!tied->rest.empty()) text += " WHERE " + conjunction(tied->rest);
  if (aggregate) text += " GROUP BY " + groups;
  text += ") AS " + name + " ON " + on;
  const std::string read = name + ".value1";
  return Table{std::move(text), counts ? "coalesce(" + read + ", 0)" : read};
}

/// Takes another table into its FROM without another column, row or meaning of a name.
bool takesJoin(const Context& context, const Query& query) {
  const Subject& subject = context.subject();
  return query.verb == sql::Verb::select && !context.hasAggregates(query) &&
         !query.sources.empty() && query.lockAt == nothing &&
         std::ranges::none_of(
             query.sources,
             [](const Source& one) { return one.join == sql::Join::comma || one.natural; }) &&
         std::ranges::none_of(query.items, [&](const auto& item) {
           return subject.is(item.value, Shape::star) && subject.at(item.value).tokens.size() == 1;
         });
}

/// Expressions of a query whose place only a sub-query can take: in ON, which stands before the
/// join, behind IN and ANY; and the column that is called by its text.
std::vector<ExprId> kept(const Subject& subject, const Query& query) {
  std::vector<ExprId> ids;
  for (const Source& source : query.sources)
    for (const ExprId id : subject.within(source.on)) ids.push_back(id);
  for (const ExprId id : subject.exprsOf(query)) {
    const Expr& expr = subject.at(id);
    if (expr.shape == Shape::in || expr.quantified)
      ids.insert(ids.end(), expr.parts.begin(), expr.parts.end());
  }
  for (const auto& item : query.items)
    if (item.alias == nothing) ids.push_back(item.value);
  return ids;
}

std::vector<Draft> drafts(const Context& context) {
  const Subject& subject = context.subject();
  Draft draft(subject);
  int number = 0;
  for (const Query& query : subject.queries()) {
    if (!takesJoin(context, query)) continue;
    const auto stay = kept(subject, query);
    std::string joins;
    for (const ExprId id : subject.exprsOf(query)) {
      if (!subject.is(id, Shape::subquery) || subject.at(id).query == nothing) continue;
      const Query& inner = subject.outline().query(subject.at(id).query);
      if (std::ranges::find(stay, id) != stay.end()) continue;
      const auto table =
          asTable(context, inner, context.freshName("grouped" + std::to_string(number + 1)));
      if (!table) continue;
      ++number;
      joins += table->join;
      draft.replace(id, table->value);
    }
    if (!joins.empty()) draft.insertBehind(context.behindFrom(query) - 1, joins);
  }
  return {draft};
}

}  // namespace

extern const Rewrite joinedSubquery{
    .title = "Join with the sub-query once instead of asking it for each row",
    .why =
        "The sub-query names the row around it, so that it is run for each of them. Grouped by "
        "what ties it, it reads its table once.",
    .document = "all/correlated-subqueries",
    .drafts = drafts};

}  // namespace mydba::optimize
