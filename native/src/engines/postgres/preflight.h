#pragma once

#include "engines/postgres/session.h"

namespace mydba::postgres {

/// Impact and inverse of a statement, from the catalogue and the planner. Lane's thread.
class PostgresPreflight final : public Preflight {
 public:
  /// `session` outlives this object. `version` as ServerInfo.versionNumber.
  PostgresPreflight(Session& session, std::int64_t version)
      : session_(session), version_(version) {}

  Result<guard::Impact> impact(const sql::Statement& statement, std::string_view text,
                               const CancelToken& cancel) override;
  Result<std::optional<protocol::Undo>> inverse(const sql::Statement& statement,
                                                std::string_view text,
                                                const CancelToken& cancel) override;

 private:
  Result<std::optional<protocol::Undo>> failed(const Error& error, const CancelToken& cancel) const;

  Session& session_;
  std::int64_t version_;
};

}  // namespace mydba::postgres
