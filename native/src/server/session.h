#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/timer.h"
#include "engines/engine.h"
#include "server/lane.h"
#include "server/plan_cache.h"
#include "store/audit_trail.h"

namespace mydba::server {

/// `tools` is for agents and models: its connection is read-only, whatever the profile says.
enum class LaneKind { user, meta, tools };

/// A transaction that waits for its user keeps its locks, so it does not wait for ever.
inline constexpr std::chrono::seconds holdPatience{60};

/// An open profile: a user lane for statements, and two with connections of their own, opened when
/// first needed: a meta lane for tree, completion and monitoring, so that a long query never blocks
/// the sidebar, and one for tools. A lost connection is made anew by the next request that needs
/// it.
class Session : public std::enable_shared_from_this<Session> {
 public:
  /// Makes a source of secrets whose questions end with a token.
  using SecretsFor = std::function<SecretSource(const CancelToken&)>;

  Session(protocol::ConnectionProfile profile, const Engine& engine, SecretsFor secretsFor,
          std::unique_ptr<Connection> user, store::AuditTrail audit, ThreadGroup& threads,
          bool inlined);
  /// Closes both connections, each on its lane; does not wait.
  ~Session();

  const protocol::ConnectionProfile& profile() const { return profile_; }
  const Engine& engine() const { return engine_; }
  const sql::Dialect& dialect() const { return dialectOf(profile_.engine); }
  Lane& lane(LaneKind kind) { return side(kind).lane; }

  /// The connection of a lane, made if there is none or it was lost. Only on that lane; valid until
  /// the job ends.
  Result<Connection*> connection(LaneKind kind, const CancelToken& cancel);

  /// Plans of the user connection's statements. Only on the user lane.
  PlanCache& plans() { return plans_; }

  // The transaction that a run left open for transaction/end. Only on the user lane.

  bool held() const { return held_.has_value(); }
  /// Notes that one was begun; after `patience` it is rolled back on the lane.
  void hold(Timer& timer, std::chrono::milliseconds patience = holdPatience);
  /// For the client; `affected` rows were changed by the last run. Only when held.
  protocol::HeldTransaction heldSince(std::int64_t affected) const;
  /// `refused` when there is none any more.
  Result<void> endHeld(bool commit, const CancelToken& cancel);

 private:
  struct Held {
    std::uint64_t number = 0;
    Clock::time_point until;
  };

  struct Side {
    Side(ThreadGroup& threads, bool inlined) : lane(threads, inlined) {}
    Lane lane;
    std::unique_ptr<Connection> connection;  // only on the lane
  };

  Side& side(LaneKind kind);

  const protocol::ConnectionProfile profile_;
  const Engine& engine_;
  const SecretsFor secretsFor_;
  const store::AuditTrail audit_;  // copied by each lane
  const std::unique_ptr<Side> user_;
  const std::unique_ptr<Side> meta_;
  const std::unique_ptr<Side> tools_;
  PlanCache plans_;
  std::optional<Held> held_;
  std::uint64_t lastHeld_ = 0;
};

}  // namespace mydba::server
