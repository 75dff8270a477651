#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/plan_store.h"
#include "types.h"

namespace mydba::server {

class Server;

/// The store of plans, where one is kept.
Result<store::PlanStore> openPlanStore(Server& server);
store::PlanKey planKeyOf(const protocol::ConnectionProfile& profile, std::string_view sql);

/// Keeps the plans that a connection's statements get, for the length of one request.
class PlanMemory {
 public:
  /// Both outlive this object.
  PlanMemory(Server& server, const protocol::ConnectionProfile& profile)
      : server_(server), profile_(profile) {}

  /// Adds what is known of the statement's earlier plans, and keeps this one. A store that fails
  /// must not cost the user the plan: it is logged and said among the plan's warnings.
  void remember(protocol::PlanTree& tree);

 private:
  Result<void> add(protocol::PlanTree& tree);

  Server& server_;
  const protocol::ConnectionProfile& profile_;
  std::optional<store::PlanStore> store_;
};

}  // namespace mydba::server
