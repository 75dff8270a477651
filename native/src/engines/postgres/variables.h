#pragma once

#include <string_view>

#include "engines/postgres/session.h"

namespace mydba::postgres {

/// pg_settings, as this session has them. Lane's thread.
class PostgresVariables final : public Variables {
 public:
  /// `session` outlives this object.
  explicit PostgresVariables(Session& session) : session_(session) {}

  Result<protocol::VariableList> list(std::string_view part, const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::postgres
