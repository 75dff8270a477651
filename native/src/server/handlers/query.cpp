#include "dispatch.h"
#include "server/guarded_run.h"
#include "server/run_sink.h"
#include "server/server.h"

namespace mydba::server::handlers {

Result<protocol::RunResult> queryRun(Call& call, const protocol::RunParams& params,
                                     Stream<protocol::RunEvent>& stream) {
  const auto start = Clock::now();
  const auto connection = call.connection();
  if (!connection) return connection.error();

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
  GuardedRun run(call, params, **connection, sink, statementCancel);
  if (const auto done = run.run(); !done) return done.error();
  return protocol::RunResult{.resultSets = sink.resultSets(),
                             .rows = sink.totalRows(),
                             .elapsedMs = millisecondsSince(start),
                             .held = run.held()};
}

Result<protocol::Empty> transactionEnd(Call& call, const protocol::TransactionEndParams& params) {
  const auto ended = call.session().endHeld(params.commit, call.cancel());
  return ended ? Result<protocol::Empty>(protocol::Empty{}) : ended.error();
}

}  // namespace mydba::server::handlers
