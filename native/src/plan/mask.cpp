#include "plan/mask.h"

#include <algorithm>

#include "plan/walk.h"
#include "sql/anonymize.h"

namespace mydba::plan {
namespace {

/// A number of the server's, or a word of its own: `42.5`, `Memory`, `quicksort`.
bool isPlain(const std::string& value) {
  return std::all_of(value.begin(), value.end(), [](unsigned char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ' ' || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
  });
}

void mask(std::string& text, const sql::Dialect& dialect) { text = sql::anonymize(text, dialect); }

void mask(std::vector<protocol::NamedValue>& values, const sql::Dialect& dialect) {
  for (auto& [name, value] : values)
    if (!isPlain(value)) mask(value, dialect);
}

}  // namespace

protocol::PlanTree withoutValues(protocol::PlanTree tree) {
  const sql::Dialect* known = sql::findDialect(tree.engine);
  const sql::Dialect& dialect = known ? *known : sql::genericDialect();
  mask(tree.sql, dialect);
  tree.raw.clear();
  tree.notices.reset();
  tree.warnings.clear();
  mask(tree.settings, dialect);
  walk(tree.root, [&](protocol::PlanNode& node, protocol::PlanNode*, int) {
    if (node.condition) mask(*node.condition, dialect);
    if (node.filter) mask(*node.filter, dialect);
    node.span.reset();  // it counted in the statement as it was
    mask(node.extra, dialect);
    // What a server says of its ways has values of ranges in it, in no language that is understood.
    if (node.weighed)
      for (auto& way : *node.weighed) way.reason.reset();
    if (node.workers)
      for (auto& worker : *node.workers) mask(worker.extra, dialect);
  });
  return tree;
}

}  // namespace mydba::plan
