#pragma once

// The statements that functions run while a statement is profiled.
//
// auto_explain, a library that comes with the server, tells the plan of each statement when it
// ends, the innermost first. With log_level = notice it tells the client, and the server's log only
// where log_min_messages asks for as much. All of its settings are set for the transaction, which
// is rolled back; a library that was loaded stays in the session, where it does nothing as long as
// it is not configured. The context of a notice is the stack of calls, whose lower part is the
// context of the caller's own statement, whatever the server's language.
//
// A function may run a million statements: those of one place are counted as one, of which the
// slowest plan is kept, and places and sizes are limited. The server tells how long each took, not
// when, and measuring them makes each slower. So it is done only when the user asked for it.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/session.h"
#include "types.h"

namespace mydba::postgres {

class NestedStatements {
 public:
  static constexpr std::string_view what = "Statements in functions";
  static constexpr std::size_t mostPlaces = 40;
  static constexpr std::size_t mostPlanBytes = 64 * 1024;
  static constexpr std::size_t mostStepsEach = 30;

  /// Makes the server tell them until the transaction ends. What is missing; nothing when they
  /// will come. Inside a transaction; lane's thread.
  static Result<std::optional<protocol::Unavailable>> enable(Session& session,
                                                             const std::string& role,
                                                             const CancelToken& cancel);

  /// What may be a notice of auto_explain.
  void take(const Notice& notice);
  /// Adds them beneath the step that holds all others.
  void addTo(protocol::Profile& profile, std::string_view version) const;

 private:
  struct Place {
    std::string context;
    double calls = 0;
    double ms = 0;
    double slowestMs = -1;
    std::string slowestPlan;  ///< empty when it was too long
  };
  struct Slot {
    double startMs = 0;
    double endMs = 0;
    std::int64_t level = 0;
  };

  const Place* callerOf(const Place& place) const;
  /// The statements that the one of `caller` ran, or the profiled one when there is none.
  void addCalled(const Place* caller, const Slot& slot, protocol::Profile& profile,
                 std::string_view version) const;
  static void addSteps(const protocol::PlanTree& plan, const Slot& slot,
                       protocol::Profile& profile);

  std::vector<Place> places_;
  std::map<std::string, std::size_t> known_;  ///< places by context
  double left_ = 0;                           ///< statements of places beyond the limit
};

}  // namespace mydba::postgres
