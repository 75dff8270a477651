#include "engines/mysql/optimizer_trace.h"

#include "base/embedded.h"

namespace mydba::mysql {
namespace {

/// Bytes: the trace of a join of a dozen tables.
constexpr std::string_view traceLimit = "1048576";

/// A SET of both settings. They are the server's words, or ours; not every server binds values
/// there.
Result<std::string> settingOf(std::string_view trace, std::string_view limit) {
  constexpr std::string_view words = "abcdefghijklmnopqrstuvwxyz_=,", digits = "0123456789";
  if (trace.empty() || trace.find_first_not_of(words) != std::string_view::npos || limit.empty() ||
      limit.find_first_not_of(digits) != std::string_view::npos)
    return Error{.code = ErrorCode::server, .message = "the settings of traces are not understood"};
  return "SET SESSION optimizer_trace_max_mem_size = " + std::string(limit) +
         ", SESSION optimizer_trace = '" + std::string(trace) + "'";
}

Error nothingTraced() {
  return {.code = ErrorCode::unsupported, .message = "the server has traced nothing"};
}

}  // namespace

Result<Tracing> Tracing::begin(Session& session, const CancelToken& cancel) {
  const auto were = session.query(
      "SELECT @@SESSION.optimizer_trace, @@SESSION.optimizer_trace_max_mem_size", cancel);
  if (!were) return were.error();
  if (were->empty() || were->front().size() < 2) return nothingTraced();
  Tracing tracing(session);
  auto restore = settingOf(were->front()[0].value_or(""), were->front()[1].value_or(""));
  if (!restore) return restore.error();
  tracing.restore_ = std::move(*restore);
  const auto on = settingOf("enabled=on", traceLimit);
  const auto set = session.query(*on, cancel);
  if (set) return tracing;
  static_cast<void>(tracing.end());
  return set.error();
}

Result<void> Tracing::end() const {
  if (!session_->alive()) return {};
  const auto restored = session_->query(restore_, {});
  return restored ? Result<void>() : restored.error();
}

Result<protocol::OptimizerTrace> Tracing::read(const CancelToken& cancel) const {
  const auto rows = session_->query(embeddedSql("mysql", "optimizer_trace"), cancel);
  if (!rows) return rows.error();
  if (rows->empty()) return nothingTraced();
  const Row& row = rows->front();
  if (row[2] == "1")
    return Error{.code = ErrorCode::unsupported,
                 .message =
                     "a view or a stored program of the statement is of somebody with other "
                     "privileges, so its trace is not shown"};
  protocol::OptimizerTrace trace;
  trace.raw = row[0].value_or("");
  const double cut = numberIn(row[1]).value_or(0);
  if (cut > 0) trace.missingBytes = cut;
  return trace;
}

namespace {

/// What was cut off is no JSON any more; the text is there for whoever wants to read it.
Result<protocol::OptimizerTrace> told(Result<protocol::OptimizerTrace> trace) {
  if (!trace) return trace;
  auto steps = storyOf(trace->raw);
  if (steps)
    trace->steps = std::move(*steps);
  else if (!trace->missingBytes)
    return steps.error();
  return trace;
}

}  // namespace

Result<protocol::OptimizerTrace> traceOf(Session& session, std::string_view sql, HeldBack how,
                                         const CancelToken& cancel) {
  const auto tracing = Tracing::begin(session, cancel);
  if (!tracing) return tracing.error();
  // To plan reads constant tables and may run functions.
  auto trace = heldBack(session, how, cancel, [&]() -> Result<protocol::OptimizerTrace> {
    const auto planned = session.query("EXPLAIN " + std::string(sql), cancel);
    return planned ? told(tracing->read(cancel)) : planned.error();
  });
  const auto restored = tracing->end();
  if (trace && !restored) return restored.error();
  return trace;
}

}  // namespace mydba::mysql
