#include <algorithm>

#include "dispatch.h"
#include "privacy/marks.h"

namespace mydba::server::handlers {
namespace {

Result<Catalogue*> catalogueOf(Call& call) {
  auto connection = call.connection();
  if (!connection) return connection.error();
  if (Catalogue* catalogue = (*connection)->catalogue()) return catalogue;
  return Error{.code = ErrorCode::unsupported, .message = "this engine has no object tree"};
}

}  // namespace

Result<protocol::ChildrenResult> treeChildren(Call& call, const protocol::ChildrenParams& params) {
  const auto catalogue = catalogueOf(call);
  if (!catalogue) return catalogue.error();
  const auto limit =
      static_cast<int>(std::clamp<std::int64_t>(params.limit.value_or(200), 1, 10000));
  auto page = (*catalogue)->children(params.path, params.cursor, limit, call.cancel());
  if (page) privacy::markColumns(page->nodes);
  return page;
}

Result<protocol::ChildrenResult> treeSearch(Call& call, const protocol::SearchParams& params) {
  const auto catalogue = catalogueOf(call);
  if (!catalogue) return catalogue.error();
  const auto limit =
      static_cast<int>(std::clamp<std::int64_t>(params.limit.value_or(100), 1, 10000));
  return (*catalogue)->search(params.text, limit, call.cancel());
}

Result<protocol::ScriptResult> treeScript(Call& call, const protocol::ScriptParams& params) {
  const auto catalogue = catalogueOf(call);
  if (!catalogue) return catalogue.error();
  auto sql = (*catalogue)->script(params.path, params.kind, call.cancel());
  if (!sql) return sql.error();
  return protocol::ScriptResult{.sql = std::move(*sql)};
}

}  // namespace mydba::server::handlers
