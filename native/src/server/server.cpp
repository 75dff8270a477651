#include "server/server.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/event.h"
#include "codec.h"
#include "server/call.h"
#include "server/error_json.h"

namespace mydba::server {
namespace {

/// A cancelled request is answered after this even when its handler has not noticed; 200 ms are
/// promised.
constexpr std::chrono::milliseconds cancelPatience{150};

rpc::Json response(const rpc::Json& id, const Result<rpc::Json>& result) {
  rpc::Json message = {{"jsonrpc", "2.0"}, {"id", id}};
  if (result)
    message["result"] = *result;
  else
    message["error"] = errorJson(result.error());
  return message;
}

std::string memberText(const rpc::Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// What the client says when it cannot answer. Its words are those of the editor, or of a model of
/// the editor; its code is one of ours where it gave one.
Error clientError(const rpc::Json& message) {
  Error error{.code = ErrorCode::internal,
              .message = "the editor could not answer",
              .hint = "see the editor's log"};
  const auto told = message.find("error");
  if (told == message.end() || !told->is_object() || !told->contains("data")) return error;
  protocol::ErrorData data;
  rpc::DecodePath path("error.data");
  if (!protocol::decode((*told)["data"], data, path)) return error;
  static_assert(static_cast<int>(protocol::ErrorCode::internal) ==
                static_cast<int>(ErrorCode::internal));
  error.code = static_cast<ErrorCode>(data.code);
  error.retryable = data.retryable.value_or(false);
  if (auto text = memberText(*told, "message"); !text.empty()) error.message = text.substr(0, 1000);
  if (data.hint) error.hint = data.hint->substr(0, 1000);
  return error;
}

/// What failed, for the log. The message stays out of it: servers quote values and statements.
std::string codes(const Error& error) {
  std::string text(name(error.code));
  if (!error.engineCode.empty()) text += ' ' + error.engineCode;
  return text;
}

}  // namespace

struct Server::Outgoing {
  Mutex mutex;
  /// Signalled when something of the below is new; then there is another one.
  std::shared_ptr<Event> changed MYDBA_GUARDED_BY(mutex) = std::make_shared<Event>();
  std::vector<std::string> pieces MYDBA_GUARDED_BY(mutex);
  std::optional<Result<rpc::Json>> result MYDBA_GUARDED_BY(mutex);
};

Server::Server(rpc::Outbox& outbox, Log& log, Trace& trace, ServerOptions options)
    : outbox_(outbox),
      log_(log),
      trace_(trace),
      options_(std::move(options)),
      audit_(std::make_shared<store::AuditWriter>(
          options_.auditFile,
          [&log](std::string_view sentence) { log.write(LogLevel::warning, sentence); })),
      assistant_(options_.sentFile),
      pool_(threads_, options_.threads) {}

void Server::receive(std::string_view body) {
  auto message = rpc::parseJson(body);
  if (!message) return refuse(message.error());
  if (!message->is_object())
    return refuse({.code = ErrorCode::invalidParams, .message = "a message is a JSON object"});
  const bool hasId = message->contains("id") && !(*message)["id"].is_null();
  if (!message->contains("method")) {
    if (hasId) return handleResponse(*message);
    return refuse({.code = ErrorCode::invalidParams, .message = "a message without method and id"});
  }
  if (hasId) return handleRequest(*message);
  const auto params = message->find("params");
  handleNotification(memberText(*message, "method"),
                     params == message->end() ? rpc::Json::object() : *params);
}

void Server::refuse(const Error& error) {
  log_.write(LogLevel::warning, "refused a message: " + codes(error));
  outbox_.sendControl(rpc::writeJson(response(nullptr, error)));
}

void Server::handleRequest(const rpc::Json& message) {
  const std::string name = memberText(message, "method");
  const Method* method = findMethod(name);
  if (!method) {
    const Error error{.code = ErrorCode::methodNotFound,
                      .message = "unknown method " + name.substr(0, 100)};
    outbox_.sendControl(rpc::writeJson(response(message["id"], error)));
    return;
  }
  rpc::Json params = message.contains("params") ? message["params"] : rpc::Json::object();
  if (log_.enabled(LogLevel::debug))
    log_.write(LogLevel::debug, name + " " + redactedText(name, "params", params));
  auto request = std::make_shared<Request>(
      message["id"], name, [this](const Request& r, const Result<rpc::Json>& result, bool early) {
        answer(r, result, early);
      });
  {
    MutexLock lock(mutex_);
    request->sequence = ++lastRequest_;
    requests_[request->id().dump()] = request;
  }
  if (method->overflow != Overflow::none) {
    request->stream = openStream(params);
    if (!request->stream)
      return request->answer(Error{.code = ErrorCode::invalidParams,
                                   .message = name + " params.stream: expected {id, credit} with "
                                                     "an id that is not in use"});
  }
  route(*method, std::move(request), std::move(params));
}

std::shared_ptr<rpc::StreamState> Server::openStream(const rpc::Json& params) {
  protocol::StreamOptions options;
  rpc::DecodePath path("stream");
  if (!params.is_object() || !params.contains("stream") ||
      !protocol::decode(params["stream"], options, path) || options.credit < 0)
    return nullptr;
  auto stream = std::make_shared<rpc::StreamState>(outbox_, options.id, options.credit,
                                                   /*unlimited=*/options_.threads == 0);
  MutexLock lock(mutex_);
  auto& slot = streams_[options.id];
  if (auto open = slot.lock(); open && !open->closed()) return nullptr;
  slot = stream;
  return stream;
}

void Server::route(const Method& method, std::shared_ptr<Request> request, rpc::Json params) {
  const auto posted = Clock::now();
  const auto serveOn = [&](std::shared_ptr<Session> session, LaneKind lane) {
    return [this, &method, request, session = std::move(session), lane, posted,
            params = std::move(params)] {
      trace_.span(method.name, "wait", posted, Clock::now());
      serve(method, request, session, lane, params);
    };
  };
  switch (method.runs) {
    case Runs::inlined: return serve(method, request, nullptr, LaneKind::user, params);
    case Runs::pool: return pool_.post(serveOn(nullptr, LaneKind::user));
    case Runs::thread: return threads_.start(serveOn(nullptr, LaneKind::user));
    case Runs::session:
    case Runs::meta: break;
  }
  const LaneKind lane = method.runs == Runs::session ? LaneKind::user : LaneKind::meta;
  const std::string sessionId = params.is_object() ? memberText(params, "sessionId") : "";
  auto session = findSession(sessionId);
  if (!session) return request->answer(session.error());
  request->session = *session;
  (*session)->lane(lane).post(serveOn(*session, lane));
}

void Server::serve(const Method& method, const std::shared_ptr<Request>& request,
                   std::shared_ptr<Session> session, LaneKind lane, const rpc::Json& params) {
  // Cancelled while it waited for its lane.
  if (request->cancelToken().cancelled()) return request->answer(request->cancelToken().error());
  const auto start = Clock::now();
  Result<rpc::Json> result = Error{};
  try {
    Call call(*this, request, std::move(session), lane);
    result = method.invoke(call, params);
  } catch (const std::exception& thrown) {
    // Libraries may throw (out of memory, iostreams); one request must not end the process.
    result = Error{.code = ErrorCode::internal,
                   .message = std::string(method.name) + ": " + thrown.what()};
  }
  trace_.span(method.name, "serve", start, Clock::now());
  request->answer(result);
}

void Server::answer(const Request& request, const Result<rpc::Json>& result, bool cancelledEarly) {
  {
    MutexLock lock(mutex_);
    requests_.erase(request.id().dump());
  }
  requestAnswered_.notifyAll();
  if (log_.enabled(LogLevel::debug))
    log_.write(LogLevel::debug,
               request.method() + (result ? " answered" : ": " + codes(result.error())));
  std::string body = rpc::writeJson(response(request.id(), result));
  // The answer of a stream comes behind its items, except when nobody waits for them any more.
  if (request.stream && !cancelledEarly && !request.stream->closed())
    outbox_.sendBulk(std::move(body));
  else
    outbox_.sendControl(std::move(body));
}

void Server::handleNotification(const std::string& method, const rpc::Json& params) {
  rpc::DecodePath path(method + " params");
  if (method == "$/cancelRequest") {
    if (params.is_object() && params.contains("id")) cancelRequest(params["id"]);
  } else if (method == "$/credit") {
    protocol::CreditParams credit;
    if (!protocol::decode(params, credit, path))
      return log_.write(LogLevel::warning, path.failure());
    std::shared_ptr<rpc::StreamState> stream;
    {
      MutexLock lock(mutex_);
      const auto found = streams_.find(credit.id);
      if (found != streams_.end()) stream = found->second.lock();
      std::erase_if(streams_, [](const auto& entry) { return entry.second.expired(); });
    }
    if (stream) stream->grant(credit.n);
  } else if (!method.starts_with("$/")) {
    log_.write(LogLevel::warning, "an unknown notification");
  }
}

void Server::cancelRequest(const rpc::Json& id) {
  std::shared_ptr<Request> request;
  {
    MutexLock lock(mutex_);
    const auto found = requests_.find(id.dump());
    if (found != requests_.end()) request = found->second.lock();
  }
  if (!request) return;  // answered already
  request->cancel(CancelReason::user);
  timer_.at(Clock::now() + cancelPatience, [request] {
    request->answer(Error{.code = ErrorCode::cancelled,
                          .message = "cancelled; the server has not confirmed it yet",
                          .hint = "the connection is made anew if the server stays silent",
                          .retryable = true},
                    /*cancelledEarly=*/true);
  });
}

Result<std::shared_ptr<Session>> Server::findSession(const std::string& sessionId) {
  MutexLock lock(mutex_);
  const auto found = sessions_.find(sessionId);
  if (found == sessions_.end())
    return Error{.code = ErrorCode::notConnected,
                 .message = "no open session \"" + sessionId.substr(0, 100) + "\"",
                 .hint = "open the connection first"};
  return found->second;
}

protocol::GuardSettings Server::guardSettings() const {
  MutexLock lock(mutex_);
  return guardSettings_;
}

void Server::configure(const protocol::GuardSettings& settings) {
  MutexLock lock(mutex_);
  guardSettings_ = settings;
}

std::shared_ptr<Session> Server::makeSession(const protocol::ConnectionProfile& profile,
                                             const Engine& engine,
                                             std::unique_ptr<Connection> user) {
  auto secretsFor = [this, id = profile.id](const CancelToken& cancel) {
    return secretsOf(id, cancel);
  };
  return std::make_shared<Session>(profile, engine, std::move(secretsFor), std::move(user),
                                   auditTrail(protocol::AuditActor::editor, profile), threads_,
                                   options_.threads == 0);
}

store::AuditTrail Server::auditTrail(protocol::AuditActor actor,
                                     const protocol::ConnectionProfile& profile) const {
  return {audit_, store::auditScope(actor, profile)};
}

void Server::keepSession(const std::string& sessionId, std::shared_ptr<Session> session) {
  closeSession(sessionId);
  MutexLock lock(mutex_);
  sessions_[sessionId] = std::move(session);
}

Result<void> Server::waitUntilAnswered(std::uint64_t before, const CancelToken& cancel) {
  MutexLock lock(mutex_);
  const auto waiting = [&]() MYDBA_REQUIRES(mutex_) {
    for (const auto& [id, weak] : requests_) {
      const auto request = weak.lock();
      if (request && request->sequence < before) return true;
    }
    return false;
  };
  // A cancelled request answers too, and so wakes this.
  while (waiting()) {
    if (cancel.cancelled()) return cancel.error();
    requestAnswered_.wait(lock);
  }
  return {};
}

std::vector<std::shared_ptr<Request>> Server::requestsOf(const Session* session) {
  std::vector<std::shared_ptr<Request>> found;
  MutexLock lock(mutex_);
  for (auto& [id, weak] : requests_) {
    auto request = weak.lock();
    if (request && (!session || request->session.lock().get() == session))
      found.push_back(std::move(request));
  }
  return found;
}

void Server::closeSession(const std::string& sessionId) {
  std::shared_ptr<Session> session;
  {
    MutexLock lock(mutex_);
    const auto found = sessions_.find(sessionId);
    if (found == sessions_.end()) return;
    session = std::move(found->second);
    sessions_.erase(found);
  }
  for (const auto& request : requestsOf(session.get())) request->cancel(CancelReason::shutdown);
}

void Server::closeAllSessions() {
  std::map<std::string, std::shared_ptr<Session>> sessions;
  {
    MutexLock lock(mutex_);
    sessions.swap(sessions_);
  }
  for (const auto& request : requestsOf(nullptr)) request->cancel(CancelReason::shutdown);
}

std::vector<std::shared_ptr<Session>> Server::sessions() const {
  std::vector<std::shared_ptr<Session>> all;
  {
    MutexLock lock(mutex_);
    for (const auto& [id, session] : sessions_) all.push_back(session);
  }
  std::ranges::sort(all, {}, [](const auto& session) { return session->profile().name; });
  return all;
}

void Server::allowToolWrites(std::set<std::string> sessionIds) {
  MutexLock lock(mutex_);
  toolWrites_ = std::move(sessionIds);
}

bool Server::toolMayWrite(const std::string& sessionId) const {
  MutexLock lock(mutex_);
  return toolWrites_.contains(sessionId);
}

bool Server::shutdown(std::chrono::milliseconds wait) {
  closeAllSessions();
  return threads_.waitUntilIdle(Clock::now() + wait);
}

guard::Policy Server::policyOf(const protocol::ConnectionProfile& profile) const {
  const protocol::GuardSettings settings = guardSettings();
  guard::Policy policy = guard::policyOf(profile);
  policy.confirmsEach = true;
  policy.safeMode = settings.safeMode;
  policy.confirmDestructive = settings.confirmDestructive;
  policy.warnMissingWhere = settings.warnMissingWhere;
  policy.rowLimit = settings.maxAffectedRows > 0
                        ? static_cast<std::size_t>(settings.maxAffectedRows)
                        : std::numeric_limits<std::int64_t>::max();
  return policy;
}

guard::Gate Server::gateOf(const Session& session) const {
  return {session.dialect(), policyOf(session.profile())};
}

SecretSource Server::secretsOf(const std::string& profileId, const CancelToken& cancel) {
  return
      [this, profileId, cancel](protocol::SecretKind kind) -> Result<std::optional<std::string>> {
        const protocol::SecretParams params{.profileId = profileId, .kind = kind};
        auto answer = callClient("host/secret", protocol::encode(params), cancel);
        if (!answer) return answer.error();
        protocol::SecretResult secret;
        rpc::DecodePath path("host/secret result");
        if (!protocol::decode(*answer, secret, path))
          return Error{.code = ErrorCode::internal, .message = path.failure()};
        return secret.value;
      };
}

Result<rpc::Json> Server::callClient(std::string_view method, rpc::Json params,
                                     const CancelToken& cancel) {
  return callClient(method, std::move(params), nullptr, cancel);
}

std::optional<Result<rpc::Json>> Server::nextOf(
    Outgoing& outgoing, const std::function<void(const std::string&)>& heard,
    const CancelToken& cancel) {
  std::shared_ptr<Event> changed;
  {
    MutexLock lock(outgoing.mutex);
    changed = outgoing.changed;
  }
  if (auto waited = waitFor(changed->fd(), Ready::read, cancel); !waited)
    return Result<rpc::Json>(waited.error());
  std::vector<std::string> pieces;
  std::optional<Result<rpc::Json>> result;
  {
    MutexLock lock(outgoing.mutex);
    pieces.swap(outgoing.pieces);
    result = outgoing.result;
    outgoing.changed = std::make_shared<Event>();
  }
  if (heard)
    for (const std::string& piece : pieces) heard(piece);
  return result;
}

Result<rpc::Json> Server::callClient(std::string_view method, rpc::Json params,
                                     const std::function<void(const std::string&)>& heard,
                                     const CancelToken& cancel) {
  if (options_.threads == 0)
    return Error{.code = ErrorCode::internal, .message = "no client to ask with --threads=0"};
  auto outgoing = std::make_shared<Outgoing>();
  std::string id;
  {
    MutexLock lock(mutex_);
    id = "mydba:" + std::to_string(++lastOutgoing_);
    outgoing_[id] = outgoing;
  }
  if (heard) params["id"] = id;
  const rpc::Json message = {
      {"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
  outbox_.sendControl(rpc::writeJson(message));
  std::optional<Result<rpc::Json>> answer;
  while (!answer) answer = nextOf(*outgoing, heard, cancel);
  {
    MutexLock lock(mutex_);
    outgoing_.erase(id);
  }
  // So that a dialog which nobody waits for can be closed.
  if (!*answer && cancel.cancelled())
    outbox_.sendControl(rpc::writeJson(
        {{"jsonrpc", "2.0"}, {"method", "$/cancelRequest"}, {"params", {{"id", id}}}}));
  return std::move(*answer);
}

void Server::hear(const std::string& id, std::string piece) {
  std::shared_ptr<Outgoing> outgoing;
  {
    MutexLock lock(mutex_);
    const auto found = outgoing_.find(id);
    if (found == outgoing_.end()) return;
    outgoing = found->second;
  }
  MutexLock lock(outgoing->mutex);
  outgoing->pieces.push_back(std::move(piece));
  outgoing->changed->signal();
}

void Server::handleResponse(const rpc::Json& message) {
  std::shared_ptr<Outgoing> outgoing;
  {
    MutexLock lock(mutex_);
    const auto& id = message["id"];
    const auto found = id.is_string() ? outgoing_.find(id.get<std::string>()) : outgoing_.end();
    if (found == outgoing_.end()) return;  // its asker was cancelled
    outgoing = found->second;
  }
  MutexLock lock(outgoing->mutex);
  if (outgoing->result) return;
  if (message.contains("result"))
    outgoing->result.emplace(message["result"]);
  else
    outgoing->result.emplace(clientError(message));
  outgoing->changed->signal();
}

}  // namespace mydba::server
