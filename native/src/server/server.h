#pragma once

// The server: takes messages from the reader thread, routes each request to where it runs, and
// answers it.
//
// Threads. The reader thread calls `receive` and never blocks: it parses, finds the method and
// posts. `inline` methods run right there; `session` and `meta` ones on the lanes of their session;
// `pool` and `thread` ones elsewhere. Immutable values cross threads, references to connections do
// not.
//
// Cancelling. $/cancelRequest cancels the request's token at once, which makes healthy work end by
// itself. When the handler has not answered 150 ms later (its server is stopped, its network is
// gone) the request is answered `cancelled` here; what the handler returns later is dropped, and
// its lane stays busy until its engine gives up. So a user never waits for a dead server.
//
// Ending. EOF on stdin calls `shutdown`: everything is cancelled, lanes get a second to end, and
// whoever is stuck after that is left to _exit.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/mutex.h"
#include "base/thread_group.h"
#include "base/timer.h"
#include "base/trace.h"
#include "result/result_store.h"
#include "rpc/json.h"
#include "rpc/outbox.h"
#include "server/assistant.h"
#include "server/documents.h"
#include "server/methods.h"
#include "server/pool.h"
#include "server/request.h"
#include "server/session.h"
#include "store/audit_trail.h"

namespace mydba::server {

struct ServerOptions {
  /// Threads of the pool; 0 runs lanes and pool on the reader thread, for deterministic tests.
  int threads = 2;
  /// File of the audit log; without one nothing is entered.
  std::optional<std::string> auditFile;
  /// File of the plan store; without one no plan is kept.
  std::optional<std::string> planFile;
  /// File of the log of what is sent to models; without one nothing is sent.
  std::optional<std::string> sentFile;
};

class Server {
 public:
  Server(rpc::Outbox& outbox, Log& log, Trace& trace, ServerOptions options);

  /// One message body. Only the reader thread.
  void receive(std::string_view body);
  /// Answers what cannot be attributed to a request: a message that was skipped.
  void refuse(const Error& error);
  /// Cancels everything and closes every session. False when something is still stuck after `wait`.
  bool shutdown(std::chrono::milliseconds wait);

  // For handlers, any thread.
  Timer& timer() { return timer_; }
  Log& log() { return log_; }
  result::ResultStore& results() { return results_; }
  /// As the client configured it last.
  protocol::GuardSettings guardSettings() const MYDBA_EXCLUDES(mutex_);
  void configure(const protocol::GuardSettings& settings) MYDBA_EXCLUDES(mutex_);
  store::AuditWriter& audit() { return *audit_; }
  Assistant& assistant() { return assistant_; }
  Documents& documents() { return documents_; }
  const std::optional<std::string>& planFile() const { return options_.planFile; }
  /// Enters what somebody does on a connection.
  store::AuditTrail auditTrail(protocol::AuditActor actor,
                               const protocol::ConnectionProfile& profile) const;
  /// `notConnected` when there is no such session.
  Result<std::shared_ptr<Session>> findSession(const std::string& sessionId) MYDBA_EXCLUDES(mutex_);
  /// All that are open, by the names of their profiles.
  std::vector<std::shared_ptr<Session>> sessions() const MYDBA_EXCLUDES(mutex_);
  /// Tools may write on these sessions, each time with the user's consent, and on no others.
  void allowToolWrites(std::set<std::string> sessionIds) MYDBA_EXCLUDES(mutex_);
  bool toolMayWrite(const std::string& sessionId) const MYDBA_EXCLUDES(mutex_);
  /// Puts a session in place of an older one of the same id, which is closed.
  void keepSession(const std::string& sessionId, std::shared_ptr<Session> session)
      MYDBA_EXCLUDES(mutex_);
  /// Cancels the session's requests and forgets it. Nothing happens when there is none.
  void closeSession(const std::string& sessionId) MYDBA_EXCLUDES(mutex_);
  void closeAllSessions() MYDBA_EXCLUDES(mutex_);
  std::shared_ptr<Session> makeSession(const protocol::ConnectionProfile& profile,
                                       const Engine& engine, std::unique_ptr<Connection> user);
  /// Waits until every request received before number `before` has been answered.
  Result<void> waitUntilAnswered(std::uint64_t before, const CancelToken& cancel)
      MYDBA_EXCLUDES(mutex_);
  /// What is allowed with a profile, by the user's settings of now.
  guard::Policy policyOf(const protocol::ConnectionProfile& profile) const MYDBA_EXCLUDES(mutex_);
  /// Of a session's connection, with the user's settings of now.
  guard::Gate gateOf(const Session& session) const MYDBA_EXCLUDES(mutex_);
  /// Asks the client through host/secret. The client may ask its user, so this can take long.
  SecretSource secretsOf(const std::string& profileId, const CancelToken& cancel);
  /// A request to the client; waits for its answer or the cancellation.
  Result<rpc::Json> callClient(std::string_view method, rpc::Json params, const CancelToken& cancel)
      MYDBA_EXCLUDES(mutex_);
  /// The same of a request whose params get its id as `id`, and to which the client answers piece
  /// by piece before it is done: `heard` gets each on this thread.
  Result<rpc::Json> callClient(std::string_view method, rpc::Json params,
                               const std::function<void(const std::string&)>& heard,
                               const CancelToken& cancel) MYDBA_EXCLUDES(mutex_);
  /// A piece of the client's answer to the request `id`, if it still waits. Any thread.
  void hear(const std::string& id, std::string piece) MYDBA_EXCLUDES(mutex_);

 private:
  struct Outgoing;
  /// Waits for what the client says next: pieces, and the answer, if it is there.
  std::optional<Result<rpc::Json>> nextOf(Outgoing& outgoing,
                                          const std::function<void(const std::string&)>& heard,
                                          const CancelToken& cancel);

  void handleRequest(const rpc::Json& message);
  void handleNotification(const std::string& method, const rpc::Json& params);
  void handleResponse(const rpc::Json& message) MYDBA_EXCLUDES(mutex_);
  void route(const Method& method, std::shared_ptr<Request> request, rpc::Json params);
  void serve(const Method& method, const std::shared_ptr<Request>& request,
             std::shared_ptr<Session> session, LaneKind lane, const rpc::Json& params);
  void cancelRequest(const rpc::Json& id) MYDBA_EXCLUDES(mutex_);
  void answer(const Request& request, const Result<rpc::Json>& result, bool cancelledEarly)
      MYDBA_EXCLUDES(mutex_);
  std::vector<std::shared_ptr<Request>> requestsOf(const Session* session) MYDBA_EXCLUDES(mutex_);
  std::shared_ptr<rpc::StreamState> openStream(const rpc::Json& params) MYDBA_EXCLUDES(mutex_);

  rpc::Outbox& outbox_;
  Log& log_;
  Trace& trace_;
  const ServerOptions options_;
  const std::shared_ptr<store::AuditWriter> audit_;
  ThreadGroup threads_;
  Timer timer_;
  result::ResultStore results_;
  Assistant assistant_;
  Documents documents_;
  Pool pool_;
  mutable Mutex mutex_;
  /// Strict until the client has told the user's.
  protocol::GuardSettings guardSettings_ MYDBA_GUARDED_BY(mutex_){.safeMode = true,
                                                                  .confirmDestructive = true,
                                                                  .warnMissingWhere = true,
                                                                  .dryRunFirst = false,
                                                                  .maxAffectedRows = 1000,
                                                                  .previewRows = 1000,
                                                                  .rowEstimateWarning = 100000};
  std::map<std::string, std::weak_ptr<Request>> requests_ MYDBA_GUARDED_BY(mutex_);
  std::map<std::string, std::weak_ptr<rpc::StreamState>> streams_ MYDBA_GUARDED_BY(mutex_);
  std::map<std::string, std::shared_ptr<Session>> sessions_ MYDBA_GUARDED_BY(mutex_);
  std::set<std::string> toolWrites_ MYDBA_GUARDED_BY(mutex_);
  std::map<std::string, std::shared_ptr<Outgoing>> outgoing_ MYDBA_GUARDED_BY(mutex_);
  Condition requestAnswered_;
  std::uint64_t lastRequest_ MYDBA_GUARDED_BY(mutex_) = 0;
  std::int64_t lastOutgoing_ MYDBA_GUARDED_BY(mutex_) = 0;
};

}  // namespace mydba::server
