#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/dialect.h"
#include "types.h"

namespace mydba::plan {

/// An expression over a column where a plain column would have to stand for its index to serve.
struct WrappedColumn {
  std::string column;
  std::string expression;  ///< as an index would name it: `lower(email)`, `(code)::numeric`
  bool cast = false;       ///< nothing but a change of type
};

/// What a condition of a plan, as the server printed it, says about the columns of one table. Only
/// the parts that must all hold; what stands below an OR narrows nothing by itself.
struct ConditionColumns {
  std::vector<std::string> equal;  ///< `= value`, IN, IS NULL, a truth value alone
  std::vector<std::string> range;  ///< `<`, BETWEEN, LIKE 'abc%'
  std::vector<WrappedColumn> wrapped;

  /// Columns of an index that serves it: the equal ones, then one range.
  std::vector<std::string> forIndex() const;
};

/// Of a table that the condition calls `alias` or `relation`, or does not call at all.
ConditionColumns columnsOf(std::string_view condition, const sql::Dialect& dialect,
                           std::string_view relation, std::string_view alias);

/// Of a table that `scan` reads, in the filter of `tester`; nothing when it has none.
ConditionColumns filterColumns(const protocol::PlanTree& tree, const protocol::PlanNode& scan,
                               const protocol::PlanNode& tester);
inline ConditionColumns filterColumns(const protocol::PlanTree& tree,
                                      const protocol::PlanNode& scan) {
  return filterColumns(tree, scan, scan);
}

}  // namespace mydba::plan
