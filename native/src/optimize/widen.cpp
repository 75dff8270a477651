#include "optimize/widen.h"

#include <algorithm>
#include <optional>
#include <string>

#include "advise/sql/subject.h"
#include "engines/engine.h"

namespace mydba::optimize {
namespace {

using advise::Subject;

struct Widened {
  std::string shown;  ///< the select list as it was
  std::string text;   ///< with `*` in its place
};

/// Of a query that gives one row of aggregates.
std::optional<Widened> widened(const Subject& subject) {
  const auto& queries = subject.queries();
  const auto found = std::ranges::find_if(
      queries, [](const sql::Query& query) { return query.place == sql::Place::statement; });
  if (found == queries.end()) return std::nullopt;
  const sql::Query& query = *found;
  const bool bare = query.verb == sql::Verb::select && query.nextPart == sql::nothing &&
                    query.groups.empty() && query.having == sql::nothing &&
                    query.distinct == sql::nothing && query.orderAt == sql::nothing &&
                    query.limit == sql::nothing && query.offset == sql::nothing &&
                    !query.sources.empty() && !query.items.empty();
  if (!bare) return std::nullopt;
  const auto whole = [&](const sql::SelectItem& item) {
    const auto parts = subject.within(item.value);
    return subject.hasAggregate(item.value) && std::ranges::none_of(parts, [&](sql::ExprId part) {
             return subject.is(part, sql::Shape::subquery) ||
                    subject.is(part, sql::Shape::exists) || subject.at(part).windowed;
           });
  };
  if (!std::ranges::all_of(query.items, whole)) return std::nullopt;
  const sql::Range items{query.items.front().tokens.begin, query.items.back().tokens.end};
  const auto& tokens = subject.tokens();
  std::string text(subject.text());
  const std::size_t start = tokens[items.begin].start;
  text.replace(start, tokens[items.end - 1].end - start, "*");
  return Widened{std::string(subject.source(items)), std::move(text)};
}

}  // namespace

void widen(Connection& connection, const guard::CheckedStatement& before,
           const guard::CheckedStatement& after, const guard::Gate& gate, const Limits& limits,
           const CancelToken& cancel, Comparison& comparison) {
  const auto& dialect = dialectOf(connection);
  const auto from = widened(Subject(before.text(), dialect, std::nullopt));
  const auto to = widened(Subject(after.text(), dialect, std::nullopt));
  if (!from || !to || from->shown != to->shown) return;
  const auto first = gate.admitToExplain(from->text, /*analyze=*/true, {});
  const auto second = gate.admitToExplain(to->text, /*analyze=*/true, {});
  if (!first || !second) return;
  Limits once = limits;
  once.rounds = 0;
  const auto rows = compare(connection, *first, *second, /*ordered=*/false, once, cancel);
  if (!rows || rows->verdict == Comparison::Verdict::unknown) return;
  if (rows->verdict == Comparison::Verdict::different) {
    // Another FROM has other columns; that says nothing of the rows.
    if (rows->rowsBefore == rows->rowsAfter) return;
    comparison.verdict = Comparison::Verdict::different;
    comparison.reason = "other rows are counted, though the result is the same";
  } else if (*rows->rowsBefore >= 2) {
    comparison.verdict = Comparison::Verdict::proven;
    comparison.reason = "the same " + std::to_string(*rows->rowsBefore) +
                        " rows are computed with on the data of now, and faster";
  }
}

}  // namespace mydba::optimize
