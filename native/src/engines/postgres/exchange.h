#pragma once

// One statement and everything that must happen before the connection can take the next one.
//
// libpq is used without blocking: PQconsumeInput when the socket is ready, PQgetResult when a
// result is complete, so that the lane notices a cancelled token at once. To end a statement early
// (cancelled, or its reader has enough) the server is asked by PQcancel, and what it still sends is
// thrown away. Two rules keep the connection usable:
//   - PQcancel blocks in connect and read, without a time-out, so it runs on a detached thread;
//   - a cancel request that arrives late would hit the next statement. The server signals its
//     backend before it closes the cancel connection, and an idle backend ignores the signal, so
//     the next statement is sent only after PQcancel has returned.
// When both do not happen within cancelGrace the server is taken for dead and the socket is shut.

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/cancel.h"
#include "base/detached.h"
#include "engines/engine.h"
#include "engines/postgres/handles.h"

namespace mydba::postgres {

/// An argument of `$n`, as text; nothing means NULL.
using Argument = std::optional<std::string>;

/// Lane's thread; made for one statement on an idle connection, which outlives it.
class Exchange {
 public:
  /// A statement that has not ended by `deadline` is stopped as if cancelled.
  Exchange(PGconn* connection, std::shared_ptr<PGcancel> handle, const CancelToken& cancel,
           Deadline deadline = {});

  /// Sends one statement by the extended protocol, which refuses more than one.
  Result<void> send(const std::string& sql, std::span<const Argument> arguments, bool singleRows);
  /// Sends several statements of ours at once by the simple protocol.
  Result<void> sendScript(const std::string& sql);
  /// The next result; null when the statement is over. After an error the connection is dead.
  Result<ResultHandle> next();
  /// Asks the server to end the statement; `next` then brings what is left.
  void stop();
  bool stopped() const { return grace_.has_value(); }
  /// Ends a COPY that the server has started, in either direction.
  Result<void> refuseCopy(ExecStatusType status);
  /// Waits for the cancel request, if there was one, so that it cannot hit a later statement.
  Result<void> settle();

 private:
  Result<void> await();
  Error abandon();

  PGconn* connection_;
  std::shared_ptr<PGcancel> handle_;
  const CancelToken& cancel_;
  Deadline deadline_;
  Deadline grace_;
  std::optional<Detached<bool>> request_;
};

}  // namespace mydba::postgres
