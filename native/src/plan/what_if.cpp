#include "plan/what_if.h"

#include <algorithm>
#include <utility>

#include "engines/engine.h"
#include "plan/compare.h"
#include "plan/explain.h"
#include "plan/walk.h"

namespace mydba::plan {
namespace {

using protocol::WhatIfMethod;
using protocol::WhatIfWay;

Result<std::vector<sql::IndexWish>> readWishes(const std::vector<std::string>& indexes,
                                               const sql::Dialect& dialect) {
  if (indexes.empty())
    return Error{.code = ErrorCode::invalidParams, .message = "no index was given to try"};
  std::vector<sql::IndexWish> wishes;
  for (const auto& text : indexes) {
    auto wish = sql::readIndexWish(text, dialect);
    if (!wish) return wish.error();
    wishes.push_back(std::move(*wish));
  }
  return wishes;
}

/// The way to go; null when each would touch the server and none was asked for.
Result<const WhatIfWay*> choose(const std::vector<WhatIfWay>& ways,
                                std::optional<WhatIfMethod> method) {
  const auto fits = [&](const WhatIfWay& way) {
    return method ? way.method == *method : !way.unavailable && !way.touches;
  };
  const auto way = std::find_if(ways.begin(), ways.end(), fits);
  if (way == ways.end()) {
    if (!method) return nullptr;
    return Error{.code = ErrorCode::unsupported, .message = "this server has no such method"};
  }
  if (way->unavailable)
    return Error{.code = ErrorCode::unsupported,
                 .message = *way->unavailable,
                 .hint = way->fix.value_or("")};
  return &*way;
}

bool uses(const protocol::PlanNode& root, const std::string& index) {
  bool found = false;
  walk(root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    found = found || node.index == index;
  });
  return found;
}

}  // namespace

Result<protocol::WhatIfResult> whatIf(Connection& connection,
                                      const guard::CheckedStatement& statement,
                                      const std::vector<std::string>& indexes,
                                      std::optional<WhatIfMethod> method, const AdmitIndex& admit,
                                      const CancelToken& cancel) {
  WhatIf* facet = connection.whatIf();
  if (!facet)
    return Error{.code = ErrorCode::unsupported,
                 .message = connection.server().flavour + " cannot try indexes"};
  const auto wishes = readWishes(indexes, dialectOf(connection));
  if (!wishes) return wishes.error();
  auto ways = facet->ways(cancel);
  if (!ways) return ways.error();
  protocol::WhatIfResult result{.ways = std::move(*ways)};
  const auto way = choose(result.ways, method);
  if (!way) return way.error();
  if (!*way) {
    for (const auto& wish : *wishes)
      result.indexes.push_back({.sql = wish.text(), .name = wish.name(), .used = false});
    return result;
  }
  if ((*way)->touches)
    for (const auto& wish : *wishes)
      if (const auto admitted = admit(wish); !admitted) return admitted.error();
  auto plans = facet->plan(statement, *wishes, (*way)->method, cancel);
  if (!plans) return ofStatement(plans.error(), statement, connection);
  result.method = (*way)->method;
  result.indexes = std::move(plans->indexes);
  result.notices = std::move(plans->notices);
  for (auto& index : result.indexes) index.used = uses(plans->after.root, index.name);
  result.before = examine(std::move(plans->before));
  result.after = examine(std::move(plans->after));
  result.comparison = compare(result.before->tree, result.after->tree);
  return result;
}

}  // namespace mydba::plan
