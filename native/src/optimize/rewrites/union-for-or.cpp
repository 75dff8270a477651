#include <algorithm>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

constexpr std::size_t mostParts = 4;

/// The statement itself, in a shape whose parts can be put behind each other.
const Query* whole(const Context& context) {
  const auto& queries = context.subject().queries();
  const auto found = std::ranges::find_if(
      queries, [](const Query& query) { return query.place == sql::Place::statement; });
  if (found == queries.end()) return nullptr;
  const Query& query = *found;
  if (query.verb != sql::Verb::select || query.nextPart != nothing || query.distinct != nothing ||
      query.limit != nothing || query.offset != nothing || query.lockAt != nothing ||
      query.intoAt != nothing || !query.groups.empty() || query.having != nothing ||
      !context.joinsInside(query))
    return nullptr;
  const auto windowed = [&](ExprId id) { return context.subject().at(id).windowed; };
  return std::ranges::any_of(context.subject().exprsOf(query), windowed) ? nullptr : &query;
}

/// Behind a UNION only columns of the result can be ordered by, and by their names.
bool ordersByOutput(const Subject& subject, const Query& query) {
  return std::ranges::all_of(query.orders, [&](const auto& order) {
    const std::string name = subject.column(order.value);
    if (!subject.qualifier(order.value).empty()) return false;
    return subject.integer(order.value) || std::ranges::any_of(query.items, [&](const auto& item) {
             return !name.empty() && (item.alias != nothing ? subject.name(item.alias) == name
                                                            : subject.column(item.value) == name);
           });
  });
}

bool countsRows(const Subject& subject, const Query& query) {
  if (query.items.size() != 1 || query.orderAt != nothing) return false;
  const ExprId item = query.items[0].value;
  return subject.isCall(item, {"COUNT"}) && subject.at(item).parts.size() == 1 &&
         subject.is(subject.at(item).parts[0], Shape::star);
}

std::vector<ExprId> choices(const Context& context, const Query& query) {
  std::vector<ExprId> found;
  auto look = [&](ExprId condition) {
    for (const ExprId id : context.subject().conjuncts(condition)) {
      const Expr& expr = context.subject().at(id);
      if (expr.shape == Shape::any && expr.parts.size() <= mostParts &&
          context.subject().tokens().is(expr.sign, Keyword::or_))
        found.push_back(id);
    }
  };
  look(query.where);
  for (const Source& source : query.sources) look(source.on);
  return found;
}

/// `range` with `choice` in it narrowed to one of its parts, and to what no part before it found.
std::string branch(const Context& context, Range range, const Expr& choice, std::size_t part) {
  const auto& tokens = context.subject().tokens();
  std::vector<std::string> tests = {"(" + context.text(choice.parts[part]) + ")"};
  for (std::size_t before = 0; before < part; ++before)
    tests.push_back("(" + context.text(choice.parts[before]) + ") IS NOT TRUE");
  const std::string text = context.text(range);
  const std::size_t start = tokens[range.begin].start;
  const std::size_t from = tokens[choice.tokens.begin].start - start;
  const std::size_t to = tokens[choice.tokens.end - 1].end - start;
  return text.substr(0, from) + conjunction(tests) + text.substr(to);
}

Draft split(const Context& context, const Query& query, ExprId choice) {
  const Subject& subject = context.subject();
  const bool counts = countsRows(subject, query);
  const std::size_t begin =
      counts ? query.sources.front().tokens.begin : std::size_t{query.tokens.begin};
  const std::size_t end = query.orderAt == nothing ? query.tokens.end : std::size_t{query.orderAt};
  const Range range{begin, end};
  std::string text;
  const Expr& any = subject.at(choice);
  for (std::size_t part = 0; part < any.parts.size(); ++part)
    text += (part ? " UNION ALL " : "") + std::string(counts ? "SELECT 1 AS one FROM " : "") +
            branch(context, range, any, part);
  Draft draft(subject);
  draft.replace(range, counts ? "(" + text + ") AS " + context.freshName("parts") : text);
  return draft;
}

std::vector<Draft> drafts(const Context& context) {
  const Query* query = whole(context);
  std::vector<Draft> found;
  if (!query || query->sources.empty()) return found;
  const bool counts = countsRows(context.subject(), *query);
  if (!counts && (context.hasAggregates(*query) || !ordersByOutput(context.subject(), *query)))
    return found;
  for (const ExprId choice : choices(context, *query))
    found.push_back(split(context, *query, choice));
  return found;
}

}  // namespace

extern const Rewrite unionForOr{
    .title = "Ask for each side of OR by itself, and put the rows together",
    .why =
        "No one index serves two conditions joined by OR. Each part of a UNION ALL can take the "
        "index that suits it; the later parts leave out what the earlier ones found.",
    .document = "all/or-to-union-or-in",
    .drafts = drafts};

}  // namespace mydba::optimize
