#include "dispatch.h"
#include "server/run_sink.h"
#include "server/server.h"
#include "sql/splitter.h"

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
  const auto* dialect = sql::findDialect(call.session().engine().descriptor().dialect);
  const auto statements = sql::split(params.sql, dialect ? *dialect : sql::genericDialect());

  // A token of its own, so that closing a result ends the statement but not the request.
  CancelSource statementCancel;
  const auto linked = call.cancel().onCancel([statementCancel, request = call.cancel()]() mutable {
    statementCancel.cancel(request.reason());
  });
  RunSink sink({.limit = params.limit,
                .spool = params.spool.value_or(false),
                .viewer = privacy::viewerOf(params.actor, call.server().guardSettings().redact)},
               call.server().results(), stream, call.session().lane(LaneKind::user),
               statementCancel);
  for (std::size_t i = 0; i < statements.size() && !sink.stopped(); ++i) {
    const auto [begin, end] = statements[i];
    const std::string_view text = std::string_view(params.sql).substr(begin, end - begin);
    sink.startStatement(static_cast<std::int64_t>(i), text);
    const auto done = sink.endStatement((*connection)->run(text, sink, statementCancel.token()));
    if (call.cancel().cancelled()) return call.cancel().error();
    if (!done) return moved(done.error(), begin);
  }
  return protocol::RunResult{.resultSets = sink.resultSets(),
                             .rows = sink.totalRows(),
                             .elapsedMs = millisecondsSince(start)};
}

}  // namespace mydba::server::handlers
