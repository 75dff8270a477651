#include "engines/mysql/call_guard.h"

#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "engines/engine.h"
#include "engines/mysql/failure.h"

namespace mydba::mysql {
namespace {

/// Sends a statement and waits for the answer's first byte no longer than `deadline`: a short
/// answer arrives in one piece. Leaves the socket shut when the server did not answer.
bool executeBy(MYSQL* handle, const std::string& sql, Clock::time_point deadline) {
  if (mysql_send_query(handle, sql.data(), sql.size()) != 0) return false;
  if (!waitFor(mysql_get_socket(handle), Ready::read, {}, deadline)) {
    shutSocket(handle);
    return false;
  }
  return mysql_read_query_result(handle) == 0 ||
         lastError(handle).code != ErrorCode::connectionLost;
}

}  // namespace

CallGuard::CallGuard(const Interruptible& session, const CancelToken& cancel)
    : session_(session), socket_(::dup(mysql_get_socket(session.handle))) {
  registration_.emplace(cancel.onCancel([this] { interrupt(); }));
}

CallGuard::~CallGuard() {
  finish(false);
  if (socket_ >= 0) ::close(socket_);
}

void CallGuard::interrupt() {
  std::lock_guard lock(mutex_);
  if (interrupted_.exchange(true)) return;
  thread_ = std::thread([this] { work(); });
}

void CallGuard::work() {
  const auto deadline = Clock::now() + cancelGrace;
  if (auto second = dial(session_.target, deadline, over_.token())) {
    killSent_ = true;
    executeBy(second->get(), "KILL QUERY " + std::to_string(session_.serverId), deadline);
    if (Clock::now() >= deadline) shutSocket(second->get());
  }
  if (!sleepUntil(deadline, over_.token())) return;
  gaveUp_ = true;
  ::shutdown(socket_, SHUT_RDWR);
}

bool CallGuard::finish(bool killed) {
  if (finished_) return !gaveUp_;
  finished_ = true;
  registration_.reset();
  over_.cancel(CancelReason::user);
  if (thread_.joinable()) thread_.join();
  if (gaveUp_) return false;
  // A mark that waits must be taken; a kill that is not ours may have been one of the session.
  return killSent_ == killed || takeKillMark();
}

bool CallGuard::takeKillMark() {
  return executeBy(session_.handle, "DO 0", Clock::now() + cancelGrace);
}

}  // namespace mydba::mysql
