#include "sql/outline.h"

#include "sql/outline_reader.h"

namespace mydba::sql {

Outline::Outline(const TokenList& tokens) { OutlineReader(tokens, *this).read(); }

std::vector<ExprId> conjuncts(const Outline& outline, ExprId condition) {
  std::vector<ExprId> found;
  std::vector<ExprId> open;
  if (condition != nothing) open.push_back(condition);
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    const Expr& expr = outline.expr(id);
    if (expr.shape == Shape::all)
      open.insert(open.end(), expr.parts.rbegin(), expr.parts.rend());
    else
      found.push_back(id);
  }
  return found;
}

std::vector<ExprId> within(const Outline& outline, ExprId root) {
  std::vector<ExprId> found;
  if (root == nothing) return found;
  std::vector<ExprId> open = {root};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    found.push_back(id);
    const auto& parts = outline.expr(id).parts;
    open.insert(open.end(), parts.rbegin(), parts.rend());
  }
  return found;
}

}  // namespace mydba::sql
