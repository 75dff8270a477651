#include "engines/postgres/exchange.h"

#include <sys/socket.h>

#include <array>
#include <vector>

#include "base/wait.h"
#include "engines/postgres/failure.h"

namespace mydba::postgres {

Exchange::Exchange(PGconn* connection, std::shared_ptr<PGcancel> handle, const CancelToken& cancel,
                   Deadline deadline)
    : connection_(connection), handle_(std::move(handle)), cancel_(cancel), deadline_(deadline) {}

Result<void> Exchange::send(const std::string& sql, std::span<const Argument> arguments,
                            bool singleRows) {
  std::vector<const char*> values;
  values.reserve(arguments.size());
  for (const auto& argument : arguments) values.push_back(argument ? argument->c_str() : nullptr);
  if (!PQsendQueryParams(connection_, sql.c_str(), static_cast<int>(values.size()), nullptr,
                         values.data(), nullptr, nullptr, 0))
    return connectionLost(connection_);
  if (singleRows) PQsetSingleRowMode(connection_);
  return {};
}

Result<void> Exchange::sendScript(const std::string& sql) {
  if (!PQsendQuery(connection_, sql.c_str())) return connectionLost(connection_);
  return {};
}

Result<ResultHandle> Exchange::next() {
  for (;;) {
    if (cancel_.cancelled() && !stopped()) stop();
    if (!PQisBusy(connection_)) return ResultHandle(PQgetResult(connection_));
    if (const auto ready = await(); !ready) return ready.error();
  }
}

Result<void> Exchange::await() {
  // The statement may be longer than what the socket takes at once.
  const int unsent = PQflush(connection_);
  if (unsent < 0) return connectionLost(connection_);
  const auto what = unsent > 0 ? Ready::readOrWrite : Ready::read;
  const auto waited = stopped() ? waitFor(PQsocket(connection_), what, {}, grace_)
                                : waitFor(PQsocket(connection_), what, cancel_, deadline_);
  if (!waited && stopped()) return abandon();
  if (!waited) {
    if (waited.error().code == ErrorCode::io) return waited.error();
    stop();
    return {};
  }
  if (!PQconsumeInput(connection_)) return connectionLost(connection_);
  return {};
}

void Exchange::stop() {
  if (stopped()) return;
  grace_ = Clock::now() + cancelGrace;
  auto request = Detached<bool>::start([handle = handle_] {
    std::array<char, 256> why{};
    return PQcancel(handle.get(), why.data(), static_cast<int>(why.size())) == 1;
  });
  if (request) request_ = std::move(*request);
}

Result<void> Exchange::settle() {
  if (!request_) return {};
  const auto delivered = request_->wait({}, grace_);
  request_.reset();
  if (!delivered) return abandon();
  return {};
}

Error Exchange::abandon() {
  ::shutdown(PQsocket(connection_), SHUT_RDWR);
  return {.code = ErrorCode::connectionLost,
          .message = "the server does not react; its connection was given up",
          .hint = "connect again",
          .retryable = true};
}

Result<void> Exchange::refuseCopy(ExecStatusType status) {
  if (status == PGRES_COPY_IN) {
    // In the non-blocking mode 0 means that the buffer is full, which a new statement's is not.
    if (PQputCopyEnd(connection_, "COPY FROM STDIN is not supported") < 0)
      return connectionLost(connection_);
    return {};
  }
  stop();
  for (;;) {
    char* line = nullptr;
    const int size = PQgetCopyData(connection_, &line, 1);
    PQfreemem(line);
    if (size < 0) return {};  // the end, or an error that the next result tells
    if (size > 0) continue;
    if (const auto ready = await(); !ready) return ready.error();
  }
}

}  // namespace mydba::postgres
