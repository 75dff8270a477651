#pragma once

// One client of the Model Context Protocol
// (https://modelcontextprotocol.io/specification/2025-06-18): JSON-RPC 2.0, one message a line,
// tools only.
//
// Whoever reads the client's bytes calls `receive` line by line and is never blocked: what answers
// at once is answered there, and each tools/call runs on a thread of its own, at most `mostCalls`
// at a time. A call ends when the client cancels it (notifications/cancelled, after which, as the
// specification wants, nothing more is said of it), after two minutes, or when the client is gone.
// Lines to the client are written whole, one at a time, whatever thread they come from.
//
// Everything from the client is checked; what is wrong gets the error of JSON-RPC, with the id
// where there is one. A tool that fails is no error of the protocol but a result that says so, so
// that the model can read why. Whatever a tool says may hold a database's names and values, so all
// of it is fenced (tools/fence.h).

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/cancel.h"
#include "base/mutex.h"
#include "base/thread_group.h"
#include "base/timer.h"
#include "rpc/json.h"
#include "tools/tool.h"

namespace mydba::mcp {

/// Tells the client of a call what is being done.
using Progress = std::function<void(std::string_view sentence)>;
/// A desk for one call; it lives as long as the call runs, on its thread.
using MakeDesk = std::function<std::unique_ptr<tools::Desk>(CancelToken cancel, Progress progress)>;

class Session : public std::enable_shared_from_this<Session> {
 public:
  /// `write` takes a line with its end; it is called by one thread at a time.
  Session(MakeDesk desks, std::function<void(std::string_view)> write, ThreadGroup& threads,
          Timer& timer);

  /// One message, without its line end. One thread.
  void receive(std::string_view line);
  /// The client is gone: cancels what runs.
  void end() MYDBA_EXCLUDES(mutex_);

 private:
  struct Call;

  void handle(const rpc::Json& message);
  Result<rpc::Json> answer(std::string_view method, const rpc::Json& params);
  rpc::Json initialize(const rpc::Json& params) const;
  void startCall(const rpc::Json& id, const rpc::Json& params) MYDBA_EXCLUDES(mutex_);
  void runCall(const Call& call) MYDBA_EXCLUDES(mutex_);
  void cancelCall(const rpc::Json& params) MYDBA_EXCLUDES(mutex_);
  void reply(const rpc::Json& id, rpc::Json result) MYDBA_EXCLUDES(mutex_);
  void refuse(const rpc::Json& id, int code, std::string_view message) MYDBA_EXCLUDES(mutex_);
  void send(rpc::Json message) MYDBA_EXCLUDES(mutex_);

  const MakeDesk desks_;
  const std::function<void(std::string_view)> write_;
  ThreadGroup& threads_;
  Timer& timer_;
  Mutex mutex_;  ///< of the calls that run, and of the wire
  std::map<std::string, CancelSource> calls_ MYDBA_GUARDED_BY(mutex_);
};

}  // namespace mydba::mcp
