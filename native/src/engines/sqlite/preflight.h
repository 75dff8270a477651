#pragma once

#include "engines/engine.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

/// Impact and inverse of a statement. Lane's thread.
class SqlitePreflight final : public Preflight {
 public:
  /// `session` must outlive it.
  explicit SqlitePreflight(Session& session) : session_(session) {}

  Result<guard::Impact> impact(const sql::Statement& statement, std::string_view text,
                               const CancelToken& cancel) override;
  Result<std::optional<protocol::Undo>> inverse(const sql::Statement& statement,
                                                std::string_view text,
                                                const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::sqlite
