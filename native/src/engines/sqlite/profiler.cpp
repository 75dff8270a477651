#include "engines/sqlite/profiler.h"

#include <algorithm>
#include <utility>

#include "engines/sqlite/plan_query.h"
#include "engines/sqlite/plan_relations.h"
#include "engines/sqlite/timed_run.h"
#include "plan/rule.h"

namespace mydba::sqlite {
namespace {

using protocol::ProfileStage;
using protocol::ProfileStageKind;

std::vector<ProfileStage> stagesOf(const TimedRun& run) {
  std::vector<ProfileStage> stages;
  stages.push_back({.name = "Prepare",
                    .kind = ProfileStageKind::planning,
                    .startMs = 0,
                    .durationMs = run.prepareMs,
                    .level = 0,
                    .extra = run.program});
  stages.push_back({.name = run.rows > 0 ? "First row" : "Run",
                    .kind = ProfileStageKind::stage,
                    .startMs = run.prepareMs,
                    .durationMs = run.firstRowMs,
                    .level = 0});
  if (run.rows > 0)
    stages.push_back({.name = "Further rows",
                      .kind = ProfileStageKind::stage,
                      .startMs = run.prepareMs + run.firstRowMs,
                      .durationMs = run.moreRowsMs,
                      .level = 0});
  return stages;
}

protocol::ProfileTotals totalsOf(const TimedRun& run) {
  const double total = run.prepareMs + run.runMs();
  protocol::ProfileTotals totals{.totalMs = total,
                                 .serverMs = total,
                                 .planningMs = run.prepareMs,
                                 .lockMs = run.lockMs,
                                 .cpuMs = run.cpuMs,
                                 .rows = static_cast<double>(run.rows)};
  if (run.changed) totals.rowsAffected = static_cast<double>(*run.changed);
  return totals;
}

/// SQLite runs in this program: what was neither computing nor waiting for a lock was waiting for
/// the disk, or for a processor.
std::vector<protocol::ProfileWait> waitsOf(const protocol::ProfileTotals& totals) {
  std::vector<protocol::ProfileWait> waits;
  const auto add = [&](const char* event, double ms) {
    if (ms > 0 && totals.totalMs > 0)
      waits.push_back({.event = event, .ms = ms, .share = std::min(1.0, ms / totals.totalMs)});
  };
  const double lock = totals.lockMs.value_or(0), cpu = totals.cpuMs.value_or(0);
  add("CPU", cpu);
  add("Lock of another program", lock);
  add("Disk, or no processor free", totals.totalMs - cpu - lock);
  return waits;
}

std::vector<protocol::Unavailable> missing() {
  std::vector<protocol::Unavailable> list;
  if (!hasScanStatus())
    list.push_back({.what = "Time and rows of each step",
                    .reason = "This SQLite library was built without SQLITE_ENABLE_STMT_SCANSTATUS",
                    .fix = "Use a library of version 3.42 or later that was built with it"});
  if (sqlite3_compileoption_used("OMIT_LOOKASIDE") != 0)
    list.push_back({.what = "Lookaside memory",
                    .reason = "This SQLite library was built with SQLITE_OMIT_LOOKASIDE"});
  return list;
}

std::vector<std::string> noticesOf(const TimedRun& run) {
  std::vector<std::string> notices;
  if (run.changed)
    notices.push_back("The changes were rolled back (" + plan::duration(run.rollbackMs) +
                      "). Writing them to the disk, which COMMIT does, is not in these times.");
  if (run.changed && run.changedInAll > *run.changed)
    notices.push_back("Triggers and foreign keys changed " +
                      plan::groupedNumber(static_cast<double>(run.changedInAll - *run.changed)) +
                      " more rows.");
  return notices;
}

}  // namespace

Result<MeasuredRun> SqliteProfiler::profile(const guard::CheckedStatement& statement, bool,
                                            const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  const std::string_view sql = statement.text();
  MeasuredRun measured;
  {
    const Session::Guard guard(session_, cancel);
    auto tree = queryPlan(session_, sql, cancel);
    if (!tree) return tree.error();
    const auto run = timeRun(session_, sql, cancel);
    if (!run) return run.error();
    measured.profile = {.engine = "sqlite",
                        .version = session_.server().version,
                        .sql = std::string(sql),
                        .stages = stagesOf(*run),
                        .totals = totalsOf(*run),
                        .metrics = run->metrics,
                        .waits = {},
                        .findings = {},
                        .unavailable = missing(),
                        .notices = noticesOf(*run)};
    measured.profile.waits = waitsOf(measured.profile.totals);
    for (auto& stage : addMeasured(*run, *tree))
      measured.profile.stages.push_back(std::move(stage));
    measured.tree = std::move(*tree);
  }
  addRelations(session_, *measured.tree, cancel);
  return measured;
}

}  // namespace mydba::sqlite
