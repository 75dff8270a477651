#include "server/editor_desk.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/event.h"
#include "server/ask.h"
#include "server/server.h"

namespace mydba::server {
namespace {

using tools::Access;

using NamedSessions = std::vector<std::pair<std::string, std::shared_ptr<Session>>>;

NamedSessions namedSessions(const Server& server) {
  NamedSessions named;
  std::set<std::string> names;
  for (auto& session : server.sessions()) {
    std::string name = session->profile().name;
    if (!names.insert(name).second) name += " (" + session->profile().id + ")";
    named.emplace_back(std::move(name), std::move(session));
  }
  return named;
}

class EditorDesk final : public tools::Desk {
 public:
  EditorDesk(Call& call, protocol::AuditActor actor, std::function<void(std::string_view)> progress)
      : call_(call),
        actor_(actor),
        progress_(std::move(progress)),
        library_(call.server().documents().library()),
        named_(namedSessions(call.server())) {}

  std::vector<tools::ConnectionFacts> connections() override {
    std::vector<tools::ConnectionFacts> list;
    for (const auto& [name, session] : named_) {
      const auto& profile = session->profile();
      list.push_back({.name = name,
                      .engine = profile.engine,
                      .environment = profile.environment.value_or(protocol::Environment::dev),
                      .writable = call_.server().toolMayWrite(profile.id)});
    }
    return list;
  }

  Result<tools::Json> withConnection(const std::string& name, Access access,
                                     tools::Work work) override {
    const auto found =
        std::ranges::find(named_, name, [](const auto& entry) { return entry.first; });
    if (found == named_.end())
      return Error{.code = ErrorCode::invalidParams,
                   .message = "no connection " + name.substr(0, 100) + " is open",
                   .hint =
                       "list_connections names those that are; the user opens others in the "
                       "sidebar"};
    const auto& session = found->second;
    if (access == Access::write && !call_.server().toolMayWrite(session->profile().id))
      return Error{.code = ErrorCode::refused,
                   .message = "the user has not switched writing on for " + name.substr(0, 100),
                   .hint = "give the statement to the user, to be run in the editor"};
    return onLane(session, access, std::move(work));
  }

  const rag::Library& documents() override { return *library_; }
  void progress(std::string_view sentence) override { progress_(sentence); }

 private:
  struct Shared {
    Event done;
    std::optional<Result<tools::Json>> result;
  };

  Result<tools::Json> onLane(const std::shared_ptr<Session>& session, Access access,
                             tools::Work work) {
    const LaneKind lane = access == Access::read ? LaneKind::tools : LaneKind::meta;
    auto shared = std::make_shared<Shared>();
    // What asks the user refers to the call; a cancelled wait leaves the job behind, whose token is
    // then cancelled too, so that it does not ask any more.
    const guard::Confirm confirm = confirmOf(session, access);
    session->lane(lane).post([shared, session, lane, confirm, work = std::move(work),
                              gate = gateOf(*session, access), audit = auditOf(*session),
                              cancel = call_.cancel()] {
      shared->result.emplace(run(*session, lane, work, gate, confirm, audit, cancel));
      shared->done.signal();
    });
    // Not cut short for a statement that writes: whoever asked has to hear what became of it, and
    // the confirmation that the job may be waiting for refers to this call.
    const CancelToken waiting = access == Access::write ? CancelToken() : call_.cancel();
    if (auto waited = waitFor(shared->done.fd(), Ready::read, waiting); !waited)
      return waited.error();
    return std::move(*shared->result);
  }

  static Result<tools::Json> run(Session& session, LaneKind lane, const tools::Work& work,
                                 const guard::Gate& gate, const guard::Confirm& confirm,
                                 const store::AuditTrail& audit, const CancelToken& cancel) {
    if (cancel.cancelled()) return cancel.error();
    const auto connection = session.connection(lane, cancel);
    if (!connection) return connection.error();
    return work({**connection, gate, confirm, audit, cancel});
  }

  guard::Gate gateOf(const Session& session, Access access) const {
    guard::Policy policy = call_.server().policyOf(session.profile());
    if (access == Access::read) {
      policy.readOnly = true;
    } else {
      // The user's settings may let his own statements through unasked, an agent's never.
      policy.safeMode = true;
      policy.confirmDestructive = true;
      policy.warnMissingWhere = true;
    }
    return {session.dialect(), policy};
  }

  store::AuditTrail auditOf(const Session& session) const {
    return call_.server().auditTrail(actor_, session.profile());
  }

  guard::Confirm confirmOf(const std::shared_ptr<Session>& session, Access access) {
    if (access == Access::write) return yesOrNo(call_, *session, actor_);
    return [](const guard::JudgedStatement&) -> Result<guard::Confirmation> {
      return Error{.code = ErrorCode::refused,
                   .message = "it must be confirmed, and a tool that reads asks nobody",
                   .hint = "give the statement to the user, to be run in the editor"};
    };
  }

  Call& call_;
  const protocol::AuditActor actor_;
  const std::function<void(std::string_view)> progress_;
  const Documents::Library library_;
  const NamedSessions named_;
};

}  // namespace

std::unique_ptr<tools::Desk> makeEditorDesk(Call& call, protocol::AuditActor actor,
                                            std::function<void(std::string_view)> progress) {
  return std::make_unique<EditorDesk>(call, actor, std::move(progress));
}

std::string connectionName(const Server& server, const Session& session) {
  for (const auto& [name, open] : namedSessions(server))
    if (open.get() == &session) return name;
  return "";
}

}  // namespace mydba::server
