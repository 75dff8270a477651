#pragma once

#include <string_view>

#include "engines/engine.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

/// Pragmas of this connection and of its main file, and how the library was compiled. Lane's
/// thread.
class SqliteVariables final : public Variables {
 public:
  /// `session` outlives this object.
  explicit SqliteVariables(Session& session) : session_(session) {}

  Result<protocol::VariableList> list(std::string_view part, const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::sqlite
