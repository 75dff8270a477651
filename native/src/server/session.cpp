#include "server/session.h"

#include <algorithm>
#include <utility>

#include "engines/connect.h"

namespace mydba::server {

Session::Session(protocol::ConnectionProfile profile, const Engine& engine, SecretsFor secretsFor,
                 std::unique_ptr<Connection> user, store::AuditTrail audit, ThreadGroup& threads,
                 bool inlined)
    : profile_(std::move(profile)),
      engine_(engine),
      secretsFor_(std::move(secretsFor)),
      audit_(std::move(audit)),
      user_(std::make_unique<Side>(threads, inlined)),
      meta_(std::make_unique<Side>(threads, inlined)),
      tools_(std::make_unique<Side>(threads, inlined)) {
  user_->connection = std::move(user);
}

Session::~Session() {
  for (Side* side : {user_.get(), meta_.get(), tools_.get()}) {
    // The last reference may go on any thread; the connection goes on its lane.
    std::shared_ptr<Connection> connection = std::move(side->connection);
    if (connection)
      side->lane.post([connection = std::move(connection)]() mutable { connection.reset(); });
  }
}

Session::Side& Session::side(LaneKind kind) {
  switch (kind) {
    case LaneKind::user: return *user_;
    case LaneKind::meta: return *meta_;
    case LaneKind::tools: break;
  }
  return *tools_;
}

Result<Connection*> Session::connection(LaneKind kind, const CancelToken& cancel) {
  auto& connection = side(kind).connection;
  if (!connection || !connection->alive()) {
    const bool wasOpen = connection != nullptr;
    connection.reset();
    if (kind == LaneKind::user) {
      held_.reset();
      plans_.clear();
    }
    protocol::ConnectionProfile profile = profile_;
    if (kind == LaneKind::tools) profile.readOnly = true;
    auto made = connect(profile, secretsFor_(cancel), cancel);
    const std::string_view first = kind == LaneKind::meta ? "meta" : "tools";
    audit_.connected(kind == LaneKind::user || wasOpen ? "reconnect" : first,
                     made ? Result<void>() : Result<void>(made.error()));
    if (!made) return made.error();
    connection = std::move(*made);
  }
  return connection.get();
}

void Session::hold(Timer& timer, std::chrono::milliseconds patience) {
  held_ = Held{++lastHeld_, Clock::now() + patience};
  timer.at(held_->until, [weak = weak_from_this(), number = held_->number] {
    const auto session = weak.lock();
    if (!session) return;
    session->lane(LaneKind::user).post([session, number] {
      if (session->held_ && session->held_->number == number)
        (void)session->endHeld(/*commit=*/false, {});
    });
  });
}

protocol::HeldTransaction Session::heldSince(std::int64_t affected) const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(held_->until - Clock::now());
  return {.affected = affected, .rollbackInMs = std::max<std::int64_t>(left.count(), 0)};
}

Result<void> Session::endHeld(bool commit, const CancelToken& cancel) {
  Connection* connection = user_->connection.get();
  if (!held_ || !connection || !connection->transactions())
    return Error{.code = ErrorCode::refused,
                 .message =
                     "no transaction waits: it was rolled back when its time was over, or "
                     "the connection was lost"};
  held_.reset();
  plans_.clear();
  auto ended =
      commit ? connection->transactions()->commit(cancel) : connection->transactions()->rollback();
  audit_.endedTransaction(commit, ended);
  return ended;
}

}  // namespace mydba::server
