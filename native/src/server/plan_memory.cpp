#include "server/plan_memory.h"

#include <utility>

#include "engines/engine.h"
#include "net/url.h"
#include "server/server.h"
#include "sql/fingerprint.h"

namespace mydba::server {

Result<store::PlanStore> openPlanStore(Server& server) {
  const auto& file = server.planFile();
  if (!file)
    return Error{.code = ErrorCode::io,
                 .message = "no plans are kept",
                 .hint = "set HOME or MYDBA_PLAN_FILE where the editor is started"};
  return store::PlanStore::open(*file);
}

store::PlanKey planKeyOf(const protocol::ConnectionProfile& profile, std::string_view sql) {
  return {.connection = net::renderUrl(profile, /*hasPassword=*/false),
          .fingerprint = sql::fingerprint(sql, dialectOf(profile.engine)).hashText()};
}

void PlanMemory::remember(protocol::PlanTree& tree) {
  if (!server_.planFile()) return;
  const auto added = add(tree);
  if (added) return;
  server_.log().write(LogLevel::warning, "plans: " + added.error().message);
  tree.warnings.push_back("this plan was not kept: " + added.error().message);
}

Result<void> PlanMemory::add(protocol::PlanTree& tree) {
  if (!store_) {
    auto opened = openPlanStore(server_);
    if (!opened) return opened.error();
    store_ = std::move(*opened);
  }
  const auto key = planKeyOf(profile_, tree.sql);
  auto earlier = store_->records(key);
  if (!earlier) return earlier.error();
  if (const auto added = store_->add(key, tree); !added) return added;
  if (!earlier->empty()) tree.earlier = std::move(*earlier);
  return {};
}

}  // namespace mydba::server
