#include "plan/spans.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/fold_case.h"
#include "plan/walk.h"
#include "sql/names.h"
#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

/// A place where the statement names something to read.
struct Reference {
  std::string name, alias;  ///< folded
  protocol::PlanSpan span;
  int given = 0;
};

std::string folded(std::string_view text) {
  std::string result;
  appendFolded(result, text);
  return result;
}

/// The index of the token at a byte offset; the tokens are in order.
std::size_t tokenAt(const sql::TokenList& tokens, std::size_t position) {
  std::size_t low = 0, high = tokens.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (tokens[middle].start < position)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

Reference readReference(const sql::TokenList& tokens, const sql::ObjectName& table) {
  const std::size_t at = tokenAt(tokens, table.position);
  const auto read = sql::readName(tokens, at);
  std::size_t next = read ? read->next : at + 1;
  Reference reference{.name = folded(table.name),
                      .alias = {},
                      .span = {.start = static_cast<std::int64_t>(table.position),
                               .end = static_cast<std::int64_t>(tokens[next - 1].end)}};
  if (tokens.isWord(next, "AS")) ++next;
  // A word of the language behind a table is no alias of it.
  if (tokens.isName(next) && tokens.keyword(next) == sql::Keyword::none) {
    reference.alias = folded(tokens.value(next));
    reference.span.end = tokens[next].end;
  }
  return reference;
}

std::vector<Reference> references(const protocol::PlanTree& tree) {
  const sql::Dialect* dialect = sql::findDialect(tree.engine);
  if (!dialect) return {};
  const sql::TokenList tokens(tree.sql, *dialect);
  std::vector<Reference> found;
  for (const sql::TableUse& use : sql::readStatement(tree.sql, *dialect).tables)
    found.push_back(readReference(tokens, use.table));
  return found;
}

/// How well a place fits a step; 0 when it does not.
int fit(const Reference& reference, const std::string& relation, const std::string& alias) {
  if (!alias.empty() && reference.alias == alias) return reference.name == relation ? 3 : 2;
  // MySQL's plans name a table by its alias alone.
  if (!reference.alias.empty() && reference.alias == relation) return 2;
  if (reference.name != relation) return 0;
  return alias.empty() && reference.alias.empty() ? 2 : 1;
}

}  // namespace

void locate(protocol::PlanTree& tree) {
  std::vector<Reference> places = references(tree);
  if (places.empty()) return;
  walk(tree.root, [&](PlanNode& node, PlanNode*, int) {
    if (!node.relation || node.span) return;
    const std::string relation = folded(*node.relation), alias = folded(node.alias.value_or(""));
    Reference* best = nullptr;
    int mostFit = 0;
    for (Reference& place : places) {
      const int fits = fit(place, relation, alias);
      if (fits == 0) continue;
      const bool better = fits > mostFit || (fits == mostFit && place.given < best->given);
      if (better) best = &place, mostFit = fits;
    }
    if (!best) return;
    ++best->given;
    node.span = best->span;
  });
}

}  // namespace mydba::plan
