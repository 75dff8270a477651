#pragma once

#include "base/cancel.h"
#include "optimize/compare.h"

namespace mydba {
class Connection;
}
namespace mydba::guard {
class CheckedStatement;
class Gate;
}  // namespace mydba::guard

namespace mydba::optimize {

/// One row of sums and counts proves next to nothing by itself. Where both statements compute the
/// same of the rows that they choose, those rows are compared instead, which does: a `comparison`
/// of `unknown` becomes `proven`, or `different`. Otherwise it stays as it is. On the connection's
/// lane.
void widen(Connection& connection, const guard::CheckedStatement& before,
           const guard::CheckedStatement& after, const guard::Gate& gate, const Limits& limits,
           const CancelToken& cancel, Comparison& comparison);

}  // namespace mydba::optimize
