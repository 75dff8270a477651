#pragma once

#include <map>
#include <string>
#include <vector>

#include "engines/mysql/session.h"

namespace mydba::mysql {

/// Counters of the session, and of the server where they have no other, by how much a statement
/// moves them. To ask moves some of them as well, so it is asked twice before the statement: what
/// the first question has moved is taken off.
class StatusDelta {
 public:
  /// Right before the statement, on its session.
  static Result<StatusDelta> begin(Session& session, const CancelToken& cancel);
  /// Right after it; in the order of the server.
  Result<std::vector<protocol::ProfileMetric>> end(Session& session,
                                                   const CancelToken& cancel) const;

 private:
  using Counters = std::map<std::string, double, std::less<>>;
  static Result<Counters> read(Session& session, const CancelToken& cancel);

  Counters first_;
  Counters second_;
};

}  // namespace mydba::mysql
