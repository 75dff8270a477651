#include "optimize/correlation.h"
#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// `EXISTS (SELECT … WHERE x = a)` as `a IN (SELECT x …)`. Where it is negated, a NULL among the
/// values would make all unknown, and a NULL on the left finds no row, which is what is asked for.
std::string rewritten(const Context& context, ExprId id) {
  const Subject& subject = context.subject();
  const bool negated = subject.is(id, Shape::negation) && subject.at(id).parts.size() == 1;
  const Expr& test = subject.at(negated ? subject.at(id).parts[0] : id);
  if (test.shape != Shape::exists || test.query == nothing) return {};
  const Query& inner = subject.outline().query(test.query);
  if (!context.isPlain(inner) || !context.joinsOwnTables(inner)) return {};
  auto tied = readCorrelation(context, inner);
  if (!tied || tied->pairs.empty() || (negated && tied->pairs.size() > 1)) return {};
  std::string outer, values;
  for (const auto& pair : tied->pairs) {
    outer += (outer.empty() ? "" : ", ") + context.text(pair.outer);
    values += (values.empty() ? "" : ", ") + context.text(pair.inner);
  }
  if (negated) tied->rest.push_back(values + " IS NOT NULL");
  const std::string list = "(SELECT " + values + " FROM " + context.fromText(inner) +
                           (tied->rest.empty() ? "" : " WHERE " + conjunction(tied->rest)) + ")";
  if (tied->pairs.size() > 1) outer = "(" + outer + ")";
  if (!negated) return outer + " IN " + list;
  if (context.neverNull(tied->pairs[0].outer)) return outer + " NOT IN " + list;
  return "(" + outer + " NOT IN " + list + " OR " + outer + " IS NULL)";
}

std::vector<Draft> drafts(const Context& context) {
  Draft draft(context.subject());
  for (const Test& test : context.tests())
    if (const std::string text = rewritten(context, test.id); !text.empty())
      draft.replace(test.id, text);
  return {draft};
}

}  // namespace

extern const Rewrite gatheredSubquery{
    .title = "Gather the values once with IN instead of EXISTS for each row",
    .why =
        "Without an index on the column that ties them, the sub-query reads its table again for "
        "each row around it. IN gathers its values once.",
    .document = "all/exists-in-join",
    .drafts = drafts};

}  // namespace mydba::optimize
