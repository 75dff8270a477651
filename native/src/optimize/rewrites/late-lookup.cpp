#include <algorithm>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

constexpr long long deep = 1000;

/// The column that is a key by itself; empty when there is none.
std::string keyOf(const Definition* table) {
  if (!table) return {};
  const auto single = std::ranges::find(table->keys, 1U, &std::vector<std::string>::size);
  return single == table->keys.end() ? std::string() : single->front();
}

std::vector<Draft> drafts(const Context& context) {
  const Subject& subject = context.subject();
  if (subject.queries().size() != 1) return {};
  const Query& query = subject.queries().front();
  const auto offset = subject.integer(query.offset);
  if (query.verb != sql::Verb::select || !offset || *offset < deep || query.sources.size() != 1 ||
      query.distinct != nothing || context.hasAggregates(query) || query.orders.empty() ||
      query.lockAt != nothing || query.sources[0].hint != nothing)
    return {};
  const bool ordersByTable = std::ranges::all_of(
      query.orders, [&](const auto& order) { return context.owner(order.value).has_value(); });
  const std::string key = keyOf(context.definition(query.sources[0]));
  if (!ordersByTable || key.empty()) return {};
  const std::string source = context.text(query.sources[0].tokens);
  const std::string name = context.nameOf(query.sources[0]);
  const std::string page = context.freshName("page"), pageKey = context.freshName("page_key");
  const std::size_t begin = query.sources[0].tokens.begin;
  const std::size_t behind = context.behindFrom(query);
  const std::string rest = context.text(Range{behind, query.tokens.end});
  const Range order{query.orderAt, context.clauseEnd(query, query.orderAt)};
  Draft draft(subject);
  draft.replace(Range{begin, query.tokens.end},
                source + " JOIN (SELECT " + name + "." + key + " AS " + pageKey + " FROM " +
                    source + " " + rest + ") AS " + page + " ON " + page + "." + pageKey + " = " +
                    name + "." + key + " " + context.text(order));
  return {draft};
}

}  // namespace

extern const Rewrite lateLookup{
    .title = "Pass over the keys alone, and look up the rows of the page",
    .why =
        "OFFSET reads every row before the page. A sub-query that wants nothing but the key can "
        "pass over them in an index. Going on behind the last key of the page before reads none "
        "of them, and is better still.",
    .document = "all/pagination-by-offset",
    .drafts = drafts};

}  // namespace mydba::optimize
