#include "result/row_filter.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/fold_case.h"
#include "result/sort_key.h"

namespace mydba::result {
namespace {

using protocol::ColumnKind;
using protocol::FilterOp;

Error invalid(std::string message) {
  return {.code = ErrorCode::invalidParams, .message = std::move(message)};
}

/// The positive form of a condition, and whether it was negative.
std::pair<FilterOp, bool> positive(FilterOp op) {
  switch (op) {
    case FilterOp::notContains: return {FilterOp::contains, true};
    case FilterOp::notEquals: return {FilterOp::equals, true};
    case FilterOp::isNotNull: return {FilterOp::isNull, true};
    default: return {op, false};
  }
}

}  // namespace

RowFilter::RowFilter(std::span<const protocol::Column> columns) {
  for (const protocol::Column& column : columns) kinds_.push_back(column.kind);
}

Result<RowFilter> RowFilter::create(std::span<const protocol::Column> columns,
                                    std::span<const protocol::Filter> filters) {
  RowFilter rowFilter(columns);
  for (const protocol::Filter& filter : filters) {
    Condition condition;
    std::tie(condition.op, condition.negated) = positive(filter.op);
    condition.endColumn = columns.size();
    if (filter.column) {
      if (*filter.column < 0 || *filter.column >= static_cast<std::int64_t>(columns.size()))
        return invalid("a filter names a column that does not exist");
      condition.firstColumn = static_cast<std::size_t>(*filter.column);
      condition.endColumn = condition.firstColumn + 1;
    }
    if (condition.op != FilterOp::isNull) {
      if (!filter.value) return invalid("a filter has no value to compare with");
      appendFolded(condition.folded, *filter.value);
      appendNumberKey(condition.numberKey, *filter.value);
    }
    rowFilter.conditions_.push_back(std::move(condition));
  }
  return rowFilter;
}

bool RowFilter::matches(std::span<const Cell> cells) {
  return std::all_of(conditions_.begin(), conditions_.end(), [&](const Condition& condition) {
    for (std::size_t i = condition.firstColumn; i < condition.endColumn; ++i)
      if (holds(condition, cells[i], kinds_[i])) return !condition.negated;
    return condition.negated;
  });
}

bool RowFilter::holds(const Condition& condition, const Cell& cell, ColumnKind kind) {
  if (condition.op == FilterOp::isNull) return cell.isNull();
  if (cell.isNull()) return false;
  switch (condition.op) {
    case FilterOp::contains:
      if (cell.size < condition.folded.size()) return false;
      scratch_.clear();
      appendFolded(scratch_, cell.text());
      return scratch_.find(condition.folded) != std::string::npos;
    case FilterOp::equals: return compare(condition, cell, kind) == 0;
    case FilterOp::less: return compare(condition, cell, kind) < 0;
    case FilterOp::lessOrEqual: return compare(condition, cell, kind) <= 0;
    case FilterOp::greater: return compare(condition, cell, kind) > 0;
    case FilterOp::greaterOrEqual: return compare(condition, cell, kind) >= 0;
    default: return false;
  }
}

int RowFilter::compare(const Condition& condition, const Cell& cell, ColumnKind kind) {
  scratch_.clear();
  if (kind == ColumnKind::number && !condition.numberKey.empty() &&
      appendNumberKey(scratch_, cell.text()))
    return scratch_.compare(condition.numberKey);
  appendFolded(scratch_, cell.text());
  return scratch_.compare(condition.folded);
}

}  // namespace mydba::result
