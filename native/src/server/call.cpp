#include "server/call.h"

#include "server/server.h"

namespace mydba::server {

Call::~Call() {
  if (timeout_) server_.timer().drop(*timeout_);
}

void Call::timeoutAfter(std::chrono::milliseconds limit) {
  if (timeout_) server_.timer().drop(*timeout_);
  std::weak_ptr<Request> request = request_;
  timeout_ = server_.timer().at(Clock::now() + limit, [request = std::move(request)] {
    if (auto alive = request.lock()) alive->cancel(CancelReason::timeout);
  });
}

Result<std::shared_ptr<Session>> Call::findSession(const std::string& sessionId) {
  return server_.findSession(sessionId);
}

}  // namespace mydba::server
