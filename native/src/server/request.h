#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/cancel.h"
#include "rpc/json.h"
#include "rpc/stream.h"

namespace mydba::server {

class Session;

/// A request that has not been answered. It is answered exactly once: by its handler's result, by a
/// cancellation that its handler did not notice in time, or, if it is lost, by its destructor.
/// Any thread.
class Request {
 public:
  using Answer = std::function<void(const Request&, const Result<rpc::Json>&, bool cancelledEarly)>;

  Request(rpc::Json id, std::string method, Answer answer)
      : id_(std::move(id)), method_(std::move(method)), answer_(std::move(answer)) {}
  ~Request() {
    answer(Error{.code = ErrorCode::internal, .message = method_ + ": the request was lost"});
  }
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  const rpc::Json& id() const { return id_; }
  const std::string& method() const { return method_; }
  CancelToken cancelToken() const { return source_.token(); }

  /// Set before the request is shared between threads. `sequence` counts received requests.
  std::uint64_t sequence = 0;
  std::shared_ptr<rpc::StreamState> stream;
  std::weak_ptr<Session> session;

  void answer(const Result<rpc::Json>& result, bool cancelledEarly = false) {
    if (answered_.exchange(true)) return;
    if (cancelledEarly && stream) stream->close();
    answer_(*this, result, cancelledEarly);
    if (stream) stream->close();
  }
  /// Cancels the work; wakes it if it waits for credit.
  void cancel(CancelReason reason) {
    source_.cancel(reason);
    if (stream) stream->close();
  }

 private:
  const rpc::Json id_;
  const std::string method_;
  const Answer answer_;
  CancelSource source_;
  std::atomic<bool> answered_{false};
};

}  // namespace mydba::server
