#include "optimize/correlation.h"

#include <algorithm>

namespace mydba::optimize {
namespace {

/// Every column of it comes from outside, and there is one.
bool isOutside(const Context& context, ExprId id, const Query& inner) {
  const Subject& subject = context.subject();
  if (!subject.hasColumn(id)) return false;
  return std::ranges::all_of(subject.within(id), [&](ExprId part) {
    const Shape shape = subject.at(part).shape;
    if (shape == Shape::subquery || shape == Shape::exists || shape == Shape::other) return false;
    if (shape != Shape::column) return true;
    const auto owned = context.owner(part);
    return owned && owned->query != &inner;
  });
}

}  // namespace

std::optional<Correlation> readCorrelation(const Context& context, const Query& inner) {
  const Subject& subject = context.subject();
  Correlation found;
  for (const ExprId id : subject.conjuncts(inner.where)) {
    if (context.isOf(id, inner)) {
      found.rest.push_back(context.asConjunct(id));
      continue;
    }
    const Expr& test = subject.at(id);
    if (test.shape != Shape::comparison || test.word != "=" || test.quantified ||
        test.parts.size() != 2)
      return std::nullopt;
    const ExprId left = test.parts[0], right = test.parts[1];
    if (context.isOf(left, inner) && isOutside(context, right, inner))
      found.pairs.push_back({left, right});
    else if (context.isOf(right, inner) && isOutside(context, left, inner))
      found.pairs.push_back({right, left});
    else
      return std::nullopt;
  }
  return found;
}

}  // namespace mydba::optimize
