#include "engines/mysql/optimizer_trace.h"

#include "base/embedded.h"

namespace mydba::mysql {
namespace {

/// Bytes: the trace of a join of a dozen tables.
constexpr std::string_view traceLimit = "1048576";

/// The session's settings of the trace while it is taken.
class TraceSettings {
 public:
  static Result<TraceSettings> set(Session& session, const CancelToken& cancel) {
    const auto were = session.query(
        "SELECT @@SESSION.optimizer_trace, @@SESSION.optimizer_trace_max_mem_size", cancel);
    if (!were) return were.error();
    TraceSettings settings;
    settings.trace_ = were->at(0).at(0).value_or("");
    settings.limit_ = were->at(0).at(1).value_or("");
    const auto on = settings.apply(session, "enabled=on", traceLimit, cancel);
    if (on) return settings;
    static_cast<void>(settings.restore(session));
    return on.error();
  }
  Result<void> restore(Session& session) const {
    return session.alive() ? apply(session, trace_, limit_, {}) : Result<void>();
  }

 private:
  /// The limit is a number that the server gave, or ours; it cannot be bound.
  static Result<void> apply(Session& session, std::string_view trace, std::string_view limit,
                            const CancelToken& cancel) {
    if (limit.empty() || limit.find_first_not_of("0123456789") != std::string_view::npos)
      return Error{.code = ErrorCode::server, .message = "the limit of traces is not a number"};
    const auto sized =
        session.query("SET SESSION optimizer_trace_max_mem_size = " + std::string(limit), cancel);
    if (!sized) return sized.error();
    const auto set = session.query("SET SESSION optimizer_trace = ?", {trace}, cancel);
    return set ? Result<void>() : set.error();
  }

  std::string trace_;
  std::string limit_;
};

Result<protocol::OptimizerTrace> read(Session& session, const CancelToken& cancel) {
  const auto rows = session.query(embeddedSql("mysql", "optimizer_trace"), cancel);
  if (!rows) return rows.error();
  if (rows->empty())
    return Error{.code = ErrorCode::unsupported, .message = "the server has traced nothing"};
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
  // What was cut off is no JSON any more; the text is there for whoever wants to read it.
  auto steps = storyOf(trace.raw);
  if (steps)
    trace.steps = std::move(*steps);
  else if (cut <= 0)
    return steps.error();
  return trace;
}

}  // namespace

Result<protocol::OptimizerTrace> traceOf(Session& session, std::string_view sql, HeldBack how,
                                         const CancelToken& cancel) {
  const auto settings = TraceSettings::set(session, cancel);
  if (!settings) return settings.error();
  // To plan reads constant tables and may run functions.
  auto trace = heldBack(session, how, cancel, [&]() -> Result<protocol::OptimizerTrace> {
    const auto planned = session.query("EXPLAIN " + std::string(sql), cancel);
    return planned ? read(session, cancel) : planned.error();
  });
  const auto restored = settings->restore(session);
  if (trace && !restored) return restored.error();
  return trace;
}

}  // namespace mydba::mysql
