#pragma once

#include "engines/mysql/session.h"

namespace mydba::mysql {

/// What the client sees of a run.
struct ClientTimes {
  double totalMs = 0;  ///< from sending the statement to its last row
  double rows = 0;
  std::optional<double> affected;  ///< of a statement without rows
};

/// Runs a statement to its end and counts its rows, one in memory at a time. Nothing else is sent.
Result<ClientTimes> runMeasured(Session& session, std::string_view sql, const CancelToken& cancel);

}  // namespace mydba::mysql
