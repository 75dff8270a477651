#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "base/event.h"
#include "base/timer.h"
#include "codec.h"
#include "engines/engine.h"
#include "server/request.h"
#include "server/session.h"

namespace mydba::server {

class Server;

/// What a handler has of its request, beside the params. Lives as long as the handler runs, on its
/// thread.
class Call {
 public:
  Call(Server& server, std::shared_ptr<Request> request, std::shared_ptr<Session> session,
       LaneKind lane)
      : server_(server),
        request_(std::move(request)),
        session_(std::move(session)),
        lane_(lane),
        cancel_(request_->cancelToken()) {}
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  Server& server() { return server_; }
  const std::string& method() const { return request_->method(); }
  const CancelToken& cancel() const { return cancel_; }
  std::uint64_t sequence() const { return request_->sequence; }
  /// Only of requests that run `session` or `meta`.
  Session& session() { return *session_; }
  /// The connection of the lane that this runs on.
  Result<Connection*> connection() { return session_->connection(lane_, cancel_); }
  /// Cancels the request with reason `timeout` unless it ends before; an earlier
  /// limit no longer counts.
  void timeoutAfter(std::chrono::milliseconds limit);

  /// Runs `job` with a connection of a session, on its lane, and waits for it; for handlers of
  /// their own thread. `job` owns what it refers to: a cancelled wait leaves it behind.
  template <typename T>
  Result<T> onLane(LaneKind lane, const std::string& sessionId,
                   std::function<Result<T>(Connection&)> job);

  rpc::StreamState& streamState() { return *request_->stream; }

 private:
  Result<std::shared_ptr<Session>> findSession(const std::string& sessionId);

  Server& server_;
  const std::shared_ptr<Request> request_;
  const std::shared_ptr<Session> session_;
  const LaneKind lane_;
  const CancelToken cancel_;
  std::optional<Timer::Id> timeout_;
};

/// The typed end of a stream, as a handler sees it.
template <typename Item>
class Stream {
 public:
  Stream(rpc::StreamState& state, bool conflate, bool itemsCost)
      : state_(state), conflate_(conflate), itemsCost_(itemsCost) {}

  /// Sends an item by the stream's overflow policy. False: the stream is closed, stop.
  bool send(const Item& item) {
    if (conflate_) return state_.sendNewest(protocol::encode(item));
    if (itemsCost_ && state_.acquire() == rpc::Credit::closed) return false;
    return state_.send(protocol::encode(item));
  }
  /// For row frames: credit and frames directly.
  rpc::StreamState& state() { return state_; }

 private:
  rpc::StreamState& state_;
  const bool conflate_;
  const bool itemsCost_;
};

template <typename T>
Result<T> Call::onLane(LaneKind lane, const std::string& sessionId,
                       std::function<Result<T>(Connection&)> job) {
  auto session = findSession(sessionId);
  if (!session) return session.error();
  struct Shared {
    Event done;
    std::optional<Result<T>> result;
  };
  auto shared = std::make_shared<Shared>();
  // The job holds the session: it may be closed while the job waits in its lane.
  auto run = [shared, session = *session, lane, cancel = cancel_, job = std::move(job)] {
    auto connection = session->connection(lane, cancel);
    shared->result.emplace(connection ? job(**connection) : Result<T>(connection.error()));
    shared->done.signal();
  };
  (*session)->lane(lane).post(std::move(run));
  if (auto waited = waitFor(shared->done.fd(), Ready::read, cancel_); !waited)
    return waited.error();
  return std::move(*shared->result);
}

}  // namespace mydba::server
