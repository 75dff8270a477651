// Reading what the performance schema recorded.
//
// A statement is an event of its thread with a first and a last event number; everything that
// happened in it has a number between. Its row comes to events_statements_history after the client
// has had its last byte, so it is looked for when the session has answered to something else: the
// SHOW STATUS that every profile asks for. Stages of the thread are in events_stages_history_long,
// a ring of some thousand for the whole server, because events_stages_history keeps ten.

#include "engines/mysql/performance_schema.h"

#include <algorithm>

#include "base/embedded.h"
#include "engines/mysql/stage_kind.h"

namespace mydba::mysql {
namespace {

constexpr std::chrono::seconds connectLimit{5};
constexpr double picosecondsPerMs = 1e9;

double msOf(const Row::value_type& picoseconds) {
  return numberIn(picoseconds).value_or(0) / picosecondsPerMs;
}

}  // namespace

Result<PerformanceSchema> PerformanceSchema::open(const Session& watched,
                                                  const CancelToken& cancel) {
  auto session =
      Session::connect(watched.interruptible().target, connectLimit, /*readOnly=*/true, cancel);
  if (!session) return session.error();
  PerformanceSchema schema(std::move(*session));
  const auto rows = schema.session_->query(embeddedSql("mysql", "thread"), {watched.id()}, cancel);
  if (!rows) return rows.error();
  if (rows->empty())
    return Error{.code = ErrorCode::unsupported,
                 .message = "the performance schema is off on this server",
                 .hint = "start the server with performance_schema=ON"};
  const Row& row = rows->front();
  schema.thread_ = row[0].value_or("");
  schema.recorded_ = row[1] == "YES" && row[2] == "YES";
  return schema;
}

Result<PerformanceSchema::Lacking> PerformanceSchema::lacking(const CancelToken& cancel) {
  const auto consumers = session_->query(embeddedSql("mysql", "consumers"), cancel);
  if (!consumers) return consumers.error();
  const auto instruments = session_->query(embeddedSql("mysql", "instruments"), cancel);
  if (!instruments) return instruments.error();
  Lacking lacking;
  lacking.thread = !recorded_;
  const auto off = [&](std::string_view name) {
    const auto found = std::any_of(consumers->begin(), consumers->end(),
                                   [&](const Row& row) { return row[0] == name; });
    if (found) lacking.consumers.emplace_back(name);
    return found;
  };
  for (const auto name : {"global_instrumentation", "thread_instrumentation",
                          "events_statements_current", "events_statements_history"})
    if (off(name)) lacking.statements = true;
  for (const auto name : {"events_stages_current", "events_stages_history_long"})
    if (off(name)) lacking.stages = true;
  for (const Row& row : *instruments) {
    const bool stage = row[0].value_or("").starts_with("stage/");
    (stage ? lacking.stages : lacking.statements) = true;
    lacking.instruments += 1;
  }
  if (lacking.thread) lacking.statements = true;
  if (lacking.statements) lacking.stages = true;
  return lacking;
}

Result<std::optional<StatementEvent>> PerformanceSchema::lastStatement(const CancelToken& cancel) {
  const auto rows = session_->query(embeddedSql("mysql", session_->flavour().statementEventSql),
                                    {thread_}, cancel);
  if (!rows) return rows.error();
  if (rows->empty() || !rows->front()[1] || !rows->front()[3])
    return std::optional<StatementEvent>();
  const Row& row = rows->front();
  StatementEvent event{.start = msOf(row[2]),
                       .id = row[0].value_or(""),
                       .end = *row[1],
                       .ms = msOf(row[3]),
                       .lockMs = msOf(row[4]),
                       .rowsExamined = numberIn(row[5]).value_or(0),
                       .cpuMs = {}};
  // 0 where events_statements_cpu is off.
  if (const double cpu = msOf(row[6]); cpu > 0) event.cpuMs = cpu;
  return std::optional(event);
}

Result<std::vector<protocol::ProfileStage>> PerformanceSchema::stages(
    const StatementEvent& statement, const CancelToken& cancel) {
  const auto rows = session_->query(embeddedSql("mysql", "stage_events"),
                                    {thread_, statement.id, statement.end}, cancel);
  if (!rows) return rows.error();
  std::vector<protocol::ProfileStage> stages;
  for (const Row& row : *rows) {
    protocol::ProfileStage stage;
    stage.name = row[0].value_or("");
    stage.kind = stageKind(stage.name);
    stage.startMs = std::max(0.0, msOf(row[1]) - statement.start);
    stage.durationMs = msOf(row[2]);
    stage.level = row[6] == statement.id ? 0 : 1;
    auto& extra = stage.extra.emplace();
    if (row[3]) extra.push_back({"source", *row[3]});
    if (row[4] && row[5]) extra.push_back({"work", *row[4] + " of " + *row[5]});
    stages.push_back(std::move(stage));
  }
  return stages;
}

Result<PerformanceSchema::WaitSums> PerformanceSchema::waits(const CancelToken& cancel) {
  const auto rows = session_->query(embeddedSql("mysql", "wait_sums"), {thread_}, cancel);
  if (!rows) return rows.error();
  WaitSums sums;
  for (const Row& row : *rows)
    sums.emplace(row[0].value_or(""), std::pair(numberIn(row[1]).value_or(0), msOf(row[2])));
  return sums;
}

Result<bool> PerformanceSchema::timesWaits(const CancelToken& cancel) {
  const auto rows = session_->query(embeddedSql("mysql", "wait_instruments"), cancel);
  if (!rows) return rows.error();
  return !rows->empty() && rows->front()[0] != "0";
}

}  // namespace mydba::mysql
