#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "types.h"

namespace mydba::guard {

using protocol::Environment;

/// `dev`, `staging`, `prod`.
std::optional<Environment> findEnvironment(std::string_view name);

/// What is allowed where a text is to run: of the connection, never of the text.
struct Policy {
  Environment environment = Environment::dev;
  bool allowDestructive = false;  ///< in production: confirm where it would be blocked
  bool readOnly = false;          ///< block all that is not a proved read or the session's own
  /// The statements of the text are shown and confirmed one by one, so that a destructive one
  /// behind another is not smuggled in.
  bool confirmsEach = false;
  /// Rows that a statement may change: an INSERT of more is confirmed in production, what turns out
  /// to change more is confirmed, and in production blocked.
  std::size_t rowLimit = 1000;

  // The user's settings; what they turn off stays on in production and where it is read-only.
  bool safeMode = true;            ///< false: nothing is asked
  bool confirmDestructive = true;  ///< ask before what is destructive
  bool warnMissingWhere = true;    ///< ask before UPDATE and DELETE without an effective WHERE

  /// Whether the number of rows matters.
  bool limitsRows() const { return environment == Environment::prod || safeMode; }
  /// Whether destruction is asked about at all.
  bool guardsDestruction() const {
    return environment == Environment::prod || (safeMode && confirmDestructive);
  }
};

/// Of a connection, with the strictest settings.
Policy policyOf(const protocol::ConnectionProfile& profile);

}  // namespace mydba::guard
