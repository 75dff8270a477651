#pragma once

#include "engines/engine.h"
#include "engines/redis/session.h"

namespace mydba::redis {

/// Impact and inverse of a command. While the user queues commands (MULTI) nothing is asked, for
/// the server would queue the question too. Lane's thread.
class RedisPreflight final : public Preflight {
 public:
  /// Both outlive it. `flavour` is ServerInfo.flavour.
  RedisPreflight(Session& session, const std::string& flavour)
      : session_(session), flavour_(flavour) {}

  Result<guard::Impact> impact(const sql::Statement& statement, std::string_view text,
                               const CancelToken& cancel) override;
  Result<std::optional<protocol::Undo>> inverse(const sql::Statement& statement,
                                                std::string_view text,
                                                const CancelToken& cancel) override;

 private:
  Result<void> look(const Command& command, const CancelToken& cancel, guard::Impact& impact);
  Result<void> removedKeys(const Command& command, guard::Impact& impact);
  Result<void> flushed(const Command& command, guard::Impact& impact);
  Result<std::optional<std::string>> back(const Command& command, const CancelToken& cancel);
  Result<std::optional<std::string>> backOfSetting(const Command& command);
  Result<std::optional<std::string>> backOfExpiry(const Command& command);
  Result<std::optional<std::int64_t>> number(const Command& command);

  Session& session_;
  const std::string& flavour_;
};

}  // namespace mydba::redis
