#pragma once

// Plans of many statements, reliably.
//
// Each statement goes down a chain: the server's plan without running it; then, where that was
// agreed to and the statement is a proved read without placeholders, the measured one; and where
// the server gives no plan, the rows that its catalogue expects in the tables. A failure that can
// pass (a deadlock, a lock, a lost connection) is met by trying again after a pause, which grows
// and is spread at random, so that several helpers do not come back at the same moment. Every try
// is kept with its time and why it failed.

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "guard/gate.h"
#include "sql/dialect.h"
#include "types.h"

namespace mydba {
class Connection;
}

namespace mydba::plan {

/// How long a try may take, and how often one is made again.
struct Patience {
  std::chrono::milliseconds timeout{5000};  ///< of each try; none is begun anew after it
  std::vector<std::chrono::milliseconds> pauses = {std::chrono::milliseconds(100),
                                                   std::chrono::milliseconds(400),
                                                   std::chrono::milliseconds(1600)};
};

/// What came of a statement. A plan is as its engine gave it (plan/explain.h examines it).
struct CollectedPlan {
  std::optional<protocol::PlanTree> tree;
  std::optional<protocol::PlanWay> way;  ///< of `tree`
  std::vector<protocol::PlanAttempt> attempts;
};

/// On one connection's lane.
class Collector {
 public:
  /// The connection, made anew when it was lost.
  using Connect = std::function<Result<Connection*>()>;

  Collector(const sql::Dialect& dialect, guard::Gate gate, Connect connect, Patience patience = {})
      : dialect_(dialect),
        gate_(std::move(gate)),
        connect_(std::move(connect)),
        patience_(std::move(patience)) {}

  /// Nobody is asked about a statement: what would have to be confirmed has a failure. An error is
  /// the token's, or that of a connection that cannot be made anew: the next statement would fare
  /// no better.
  Result<CollectedPlan> collect(std::string_view sql, bool analyze,
                                const CancelToken& cancel) const;

 private:
  const sql::Dialect& dialect_;
  guard::Gate gate_;
  Connect connect_;
  Patience patience_;
};

}  // namespace mydba::plan
