#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/engine.h"
#include "engines/redis/session.h"

namespace mydba::redis {

/// Parses CLIENT LIST: one line a client, `name=value` separated by blanks. `ownName` is the name
/// that connections of this helper have given themselves.
std::vector<protocol::Process> parseClients(std::string_view list, std::string_view ownName);

class RedisProcesses final : public Processes {
 public:
  explicit RedisProcesses(Session& session) : session_(session) {}
  Result<protocol::ProcessSnapshot> list(const CancelToken& cancel) override;
  Result<protocol::KillResult> kill(std::string_view id, protocol::KillKind kind,
                                    const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::redis
