#include "dispatch.h"
#include "server/ask.h"
#include "server/run_sink.h"
#include "server/server.h"

namespace mydba::server::handlers {
namespace {

/// An error's position counts in the statement; the client counts in what it sent.
Error moved(Error error, std::size_t statementStart) {
  if (error.position) *error.position += static_cast<std::int64_t>(statementStart);
  return error;
}

}  // namespace

Result<protocol::RunResult> queryRun(Call& call, const protocol::RunParams& params,
                                     Stream<protocol::RunEvent>& stream) {
  const auto start = Clock::now();
  if (params.timeoutMs) call.timeoutAfter(std::chrono::milliseconds(*params.timeoutMs));
  const auto connection = call.connection();
  if (!connection) return connection.error();
  const guard::Gate gate = call.server().gateOf(call.session());
  auto statements = gate.judge(params.sql);
  if (!statements) return statements.error();
  const auto confirm =
      askUser(call, call.session(), params.actor.value_or(protocol::AuditActor::editor));

  // A token of its own, so that closing a result ends the statement but not the request.
  CancelSource statementCancel;
  const auto linked = call.cancel().onCancel([statementCancel, request = call.cancel()]() mutable {
    statementCancel.cancel(request.reason());
  });
  RunSink sink({.limit = params.limit,
                .spool = params.spool.value_or(false),
                .viewer = privacy::viewerOf(params.actor, call.server().guardSettings().redact),
                .dialect = &call.session().dialect()},
               call.server().results(), stream, call.session().lane(LaneKind::user),
               statementCancel);
  for (std::size_t i = 0; i < statements->size() && !sink.stopped(); ++i) {
    const auto statement = gate.admit(std::move((*statements)[i]), confirm);
    if (!statement) return statement.error();
    sink.startStatement(static_cast<std::int64_t>(i), statement->text());
    const auto done =
        sink.endStatement((*connection)->run(*statement, sink, statementCancel.token()));
    if (call.cancel().cancelled()) return call.cancel().error();
    if (!done) return moved(done.error(), statement->start());
  }
  return protocol::RunResult{.resultSets = sink.resultSets(),
                             .rows = sink.totalRows(),
                             .elapsedMs = millisecondsSince(start)};
}

}  // namespace mydba::server::handlers
