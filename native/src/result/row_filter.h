#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "engines/engine.h"
#include "types.h"

namespace mydba::result {

/// The conditions of a view, made ready for comparing many rows. Text is compared without case,
/// number columns as numbers where both sides are numbers. NULL fulfils isNull only, and a negative
/// condition (notContains, notEquals, isNotNull) holds where the positive one does not, so rows
/// with NULL stay. A condition without a column holds when it does for any column; a negative one
/// when it does for all. One thread.
class RowFilter {
 public:
  /// `invalidParams` for a column that does not exist or a missing value.
  static Result<RowFilter> create(std::span<const protocol::Column> columns,
                                  std::span<const protocol::Filter> filters);

  bool empty() const { return conditions_.empty(); }
  bool matches(std::span<const Cell> cells);

 private:
  struct Condition {
    std::size_t firstColumn = 0;
    std::size_t endColumn = 0;
    protocol::FilterOp op{};  // a positive one
    bool negated = false;
    std::string folded;     // the value in lower case
    std::string numberKey;  // the value as a number, or empty
  };

  explicit RowFilter(std::span<const protocol::Column> columns);
  bool holds(const Condition& condition, const Cell& cell, protocol::ColumnKind kind);
  int compare(const Condition& condition, const Cell& cell, protocol::ColumnKind kind);

  std::vector<protocol::ColumnKind> kinds_;
  std::vector<Condition> conditions_;
  std::string scratch_;
};

}  // namespace mydba::result
