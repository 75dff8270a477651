#pragma once

#include <string_view>

#include "sql/dialect.h"

namespace mydba::sql {

/// Whether a statement orders the rows that it returns: an ORDER BY of its own, not one of a
/// sub-query, a window or an aggregate.
bool ordersRows(std::string_view statement, const Dialect& dialect);

}  // namespace mydba::sql
