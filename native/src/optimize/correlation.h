#pragma once

#include <optional>
#include <string>
#include <vector>

#include "optimize/context.h"

namespace mydba::optimize {

/// What ties a sub-query to the query around it: `inner.a = outer.b`, and what else it asks of its
/// own rows.
struct Correlation {
  struct Pair {
    ExprId inner = nothing;
    ExprId outer = nothing;  ///< names nothing of the sub-query
  };
  std::vector<Pair> pairs;
  std::vector<std::string> rest;  ///< conditions, fit to be joined by AND
};

/// Of the WHERE of a sub-query; nothing when it is tied to the outside in any other way.
std::optional<Correlation> readCorrelation(const Context& context, const Query& inner);

}  // namespace mydba::optimize
