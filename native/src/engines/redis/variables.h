#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/engine.h"
#include "engines/redis/session.h"

namespace mydba::redis {

/// What CONFIG GET tells, or, where that is not to be had, the few settings that INFO names. Lane's
/// thread.
class RedisVariables final : public Variables {
 public:
  /// Both outlive this object.
  RedisVariables(Session& session, const protocol::ServerInfo& server)
      : session_(session), server_(server) {}

  Result<protocol::VariableList> list(std::string_view part, const CancelToken& cancel) override;

 private:
  Result<std::vector<protocol::Variable>> fromInfo();

  Session& session_;
  const protocol::ServerInfo& server_;
};

}  // namespace mydba::redis
