#include "optimize/context.h"

#include <algorithm>

#include "sql/keyword.h"

namespace mydba::optimize {
namespace {

using sql::Join;
using sql::Place;
using sql::Verb;

/// The query that sees a column first and those around it; a later part of a set operation stands
/// where the first one does.
const Query* around(const Subject& subject, const Query& query) {
  const Query* part = &query;
  while (part && part->place == Place::setOperation) part = subject.parentOf(*part);
  return part ? subject.parentOf(*part) : nullptr;
}

constexpr std::string_view volatiles[] = {
    "RANDOM",          "RAND",    "UUID",  "NEXTVAL",        "NEWID",           "SETVAL",
    "GEN_RANDOM_UUID", "LASTVAL", "SLEEP", "LAST_INSERT_ID", "CLOCK_TIMESTAMP", "CHANGES"};

}  // namespace

bool differEverywhere(std::string one, std::string other) {
  one = sql::lowerCase(std::move(one));
  other = sql::lowerCase(std::move(other));
  const auto isPlain = [](const std::string& text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  };
  return isPlain(one) && isPlain(other) && one != other;
}

std::string conjunction(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " AND ") + part;
  return text;
}

const Definition* Context::definition(const Source& source) const {
  const std::string name = subject_.table(source);
  for (const Query& query : subject_.queries())
    if (query.name != nothing && subject_.name(query.name) == name) return nullptr;  // a CTE
  const auto found = definitions_.find(name);
  return found == definitions_.end() ? nullptr : &found->second;
}

std::optional<Context::Owner> Context::owner(ExprId column) const {
  if (!subject_.is(column, Shape::column)) return std::nullopt;
  const std::string qualifier = subject_.qualifier(column);
  const std::string name = subject_.column(column);
  const Query* query = &subject_.outline().query(subject_.outline().queryOf(column));
  for (; query; query = around(subject_, *query)) {
    std::optional<Owner> found;
    for (const Source& source : query->sources) {
      if (!qualifier.empty()) {
        if (subject_.nameOf(source) == qualifier) return Owner{query, &source};
        continue;
      }
      const Definition* table = definition(source);
      // What is not known may have any column.
      if (!table) {
        if (query->sources.size() == 1 && !around(subject_, *query)) return Owner{query, &source};
        return std::nullopt;
      }
      if (!table->find(name)) continue;
      if (found) return std::nullopt;
      found = Owner{query, &source};
    }
    if (found) return found;
    if (query->place == Place::from || query->place == Place::cte) return std::nullopt;
  }
  return std::nullopt;
}

bool Context::isOf(ExprId id, const Query& query) const {
  for (const ExprId part : subject_.within(id)) {
    const Shape shape = subject_.at(part).shape;
    if (shape == Shape::subquery || shape == Shape::exists || shape == Shape::star ||
        shape == Shape::other)
      return false;
    if (shape != Shape::column) continue;
    const auto owned = owner(part);
    if (!owned || owned->query != &query) return false;
  }
  return true;
}

std::string Context::typeOf(ExprId column) const {
  const auto owned = owner(column);
  const Definition* table = owned ? definition(*owned->source) : nullptr;
  const auto* found = table ? table->find(subject_.column(column)) : nullptr;
  return found ? found->type : std::string();
}

bool Context::neverNull(ExprId column) const {
  const auto owned = owner(column);
  const Definition* table = owned ? definition(*owned->source) : nullptr;
  const auto* found = table ? table->find(subject_.column(column)) : nullptr;
  if (!found || !found->neverNull) return false;
  bool padded = owned->source->join == Join::left || owned->source->join == Join::full;
  for (const Source* next = owned->source + 1;
       next < owned->query->sources.data() + owned->query->sources.size(); ++next)
    padded = padded || next->join == Join::right || next->join == Join::full;
  return !padded;
}

std::string Context::nameOf(const Source& source) const {
  const auto& tokens = subject_.tokens();
  if (source.alias != nothing) return std::string(tokens.text(source.alias));
  return source.name.size() == 0 ? std::string()
                                 : std::string(tokens.text(sql::lastToken(source.name)));
}

std::string Context::qualified(ExprId column) const {
  const auto owned = subject_.qualifier(column).empty() ? owner(column) : std::nullopt;
  return owned ? nameOf(*owned->source) + "." + text(column) : text(column);
}

std::string Context::fromInside(ExprId column, const Query& inner) const {
  const auto owned = owner(column);
  if (!owned || owned->query == &inner) return {};
  const std::string name = subject_.nameOf(*owned->source);
  for (const Source& source : inner.sources)
    if (subject_.nameOf(source) == name) return {};
  return qualified(column);
}

std::string Context::freshName(std::string_view base) const {
  for (int number = 1;; ++number) {
    std::string name(base);
    if (number > 1) name += std::to_string(number);
    bool used = false;
    for (std::size_t at = 0; at < subject_.tokens().size() && !used; ++at)
      used = subject_.tokens().isName(at) && subject_.name(at) == name;
    if (!used) return name;
  }
}

std::vector<Test> Context::tests() const {
  std::vector<Test> found;
  std::vector<Test> open;  // outer queries before those within them
  for (const Query& query : subject_.queries()) {
    if (query.verb != Verb::select) continue;
    if (query.where != nothing) open.push_back({query.where, false});
    for (const Source& source : query.sources)
      if (source.join == Join::inner && source.on != nothing) open.push_back({source.on, false});
  }
  for (std::size_t next = 0; next < open.size(); ++next) {
    const Test test = open[next];
    const Expr& expr = subject_.at(test.id);
    const bool either = expr.shape == Shape::any && !subject_.tokens().is(expr.sign, Keyword::xor_);
    if (expr.shape == Shape::all || either)
      for (const ExprId part : expr.parts) open.push_back({part, test.amongOr || either});
    else if (expr.shape != Shape::any)
      found.push_back(test);
  }
  return found;
}

bool Context::hasAggregates(const Query& query) const {
  for (const auto& item : query.items)
    if (subject_.hasAggregate(item.value)) return true;
  return query.having != nothing || !query.groups.empty();
}

bool Context::isPlain(const Query& query) const {
  if (query.verb != Verb::select || query.nextPart != nothing || query.setOperator != nothing ||
      query.distinct != nothing || query.limit != nothing || query.offset != nothing ||
      query.orderAt != nothing || query.lockAt != nothing || query.intoAt != nothing ||
      query.sources.empty() || hasAggregates(query))
    return false;
  return std::ranges::none_of(subject_.exprsOf(query),
                              [&](ExprId id) { return subject_.at(id).windowed; });
}

bool Context::joinsInside(const Query& query) const {
  return std::ranges::all_of(query.sources, [](const Source& source) {
    const bool inside = source.join == Join::first || source.join == Join::comma ||
                        source.join == Join::inner || source.join == Join::cross;
    return inside && !source.natural && !source.usesColumns && !source.lateral && !source.function;
  });
}

std::size_t Context::clauseEnd(const Query& query, std::size_t token) const {
  std::size_t end = query.tokens.end;
  for (const std::uint32_t at : {query.whereAt, query.groupAt, query.havingAt, query.orderAt,
                                 query.limitAt, query.lockAt, query.intoAt})
    if (at != nothing && at > token) end = std::min<std::size_t>(end, at);
  if (query.offset != nothing && subject_.at(query.offset).tokens.begin > token + 1 &&
      query.limitAt == nothing)
    end = std::min(end, subject_.at(query.offset).tokens.begin - 1);
  return end;
}

std::size_t Context::behindFrom(const Query& query) const {
  return clauseEnd(query,
                   query.sources.empty() ? query.tokens.begin : query.sources.back().tokens.begin);
}

std::string Context::fromText(const Query& query) const {
  return text(Range{query.sources.front().tokens.begin, behindFrom(query)});
}

bool Context::joinsOwnTables(const Query& query) const {
  return std::ranges::all_of(query.sources, [&](const Source& source) {
    return source.query == nothing && (source.on == nothing || isOf(source.on, query));
  });
}

std::string Context::asConjunct(ExprId id) const {
  const bool either = subject_.is(id, Shape::any);
  return either ? "(" + text(id) + ")" : text(id);
}

bool Context::isVolatile() const {
  return std::ranges::any_of(subject_.outline().exprs(), [](const Expr& expr) {
    return expr.shape == Shape::call &&
           std::ranges::find(volatiles, expr.word) != std::end(volatiles);
  });
}

}  // namespace mydba::optimize
