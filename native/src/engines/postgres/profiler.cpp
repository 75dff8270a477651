#include "engines/postgres/profiler.h"

#include <memory>
#include <utility>

#include "base/embedded.h"
#include "engines/postgres/profile_timeline.h"
#include "engines/postgres/rolled_back.h"
#include "engines/postgres/statement_counters.h"
#include "engines/postgres/wait_sampler.h"
#include "plan/derive.h"
#include "plan/rule.h"
#include "plan/walk.h"

namespace mydba::postgres {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Profile;
using protocol::ProfileUnit;

constexpr std::string_view waitEvents = "Wait events";

bool reads(const PlanNode& node) {
  return node.children.empty() &&
         (node.category == PlanCategory::scan || node.category == PlanCategory::indexScan ||
          node.category == PlanCategory::indexOnlyScan || node.category == PlanCategory::lookup);
}

/// Rows that reach a ModifyTable are changed, but for those that it says it passed over.
double changedBy(const PlanNode& modify) {
  const auto said = [&](std::string_view name) {
    return plan::extraNumber(modify, name).value_or(0);
  };
  double rows = -said("Tuples Skipped") - said("Rows Removed by Conflict Filter");
  if (plan::extra(modify, "Conflict Resolution") == "NOTHING") rows -= said("Conflicting Tuples");
  for (const auto& child : modify.children)
    if (child.role != protocol::PlanRole::initplan && child.role != protocol::PlanRole::subplan)
      rows += child.actualRows.value_or(0);
  return rows;
}

void addRows(const PlanNode& root, protocol::ProfileTotals& totals) {
  totals.rows = root.actualRows;
  double examined = 0;
  double affected = 0;
  bool changes = false;
  plan::walk(root, [&](const PlanNode& node, const PlanNode*, int) {
    if (reads(node)) examined += node.actualRead.value_or(node.actualRows.value_or(0));
    if (node.category != PlanCategory::modify) return;
    changes = true;
    affected += changedBy(node);
  });
  totals.rowsExamined = examined;
  if (changes) totals.rowsAffected = affected;
}

void addPages(const PlanNode& root, std::vector<protocol::ProfileMetric>& metrics) {
  const auto add = [&](const char* name, const char* group, const std::optional<double>& value,
                       ProfileUnit unit) {
    if (value && *value > 0)
      metrics.push_back({.name = name, .group = group, .unit = unit, .value = *value, .wide = {}});
  };
  if (root.buffers) {
    const auto& pages = *root.buffers;
    add("shared_blks_hit", "Buffers", pages.sharedHit, ProfileUnit::count);
    add("shared_blks_read", "Buffers", pages.sharedRead, ProfileUnit::count);
    add("shared_blks_dirtied", "Buffers", pages.sharedDirtied, ProfileUnit::count);
    add("shared_blks_written", "Buffers", pages.sharedWritten, ProfileUnit::count);
    add("local_blks_hit", "Buffers", pages.localHit, ProfileUnit::count);
    add("local_blks_read", "Buffers", pages.localRead, ProfileUnit::count);
    add("temp_blks_read", "Temporary files", pages.tempRead, ProfileUnit::count);
    add("temp_blks_written", "Temporary files", pages.tempWritten, ProfileUnit::count);
    add("blk_read_time", "I/O", pages.readMs, ProfileUnit::ms);
    add("blk_write_time", "I/O", pages.writeMs, ProfileUnit::ms);
  }
  if (root.wal) {
    add("wal_records", "WAL", root.wal->records, ProfileUnit::count);
    add("wal_fpi", "WAL", root.wal->fullPages, ProfileUnit::count);
    add("wal_bytes", "WAL", root.wal->bytes, ProfileUnit::bytes);
  }
}

void addWaits(const WaitSamples& samples, double executionMs, Profile& profile) {
  if (samples.failure)
    profile.unavailable.push_back({.what = std::string(waitEvents),
                                   .reason = samples.failure->message,
                                   .fix = {},
                                   .canEnable = {}});
  else if (samples.total == 0)
    profile.unavailable.push_back({.what = std::string(waitEvents),
                                   .reason = "the run was over before it could be looked at",
                                   .fix = {},
                                   .canEnable = {}});
  double locked = 0;
  for (const auto& [event, count] : samples.events) {
    const double share = static_cast<double>(count) / static_cast<double>(samples.total);
    profile.waits.push_back(
        {.event = event, .samples = count, .ms = share * executionMs, .share = share});
    if (event.starts_with("Lock / ")) locked += share * executionMs;
  }
  if (locked > 0) profile.totals.lockMs = locked;
}

protocol::Unavailable nestedNotAsked() {
  return {.what = std::string(NestedStatements::what),
          .reason =
              "auto_explain, which measures the statements that functions run, is only used "
              "when you ask for it: it makes each of them slower",
          .fix = {},
          .canEnable = true};
}

}  // namespace

Result<void> PostgresProfiler::measureInputOutput(const Rows& facts, Profile& profile,
                                                  const CancelToken& cancel) {
  if (facts.truth(0, facts.column("io_timing"))) return {};
  const auto set = trySetting(session_, "track_io_timing", "on", cancel);
  if (!set) return set.error();
  if (*set) return {};
  const bool grants = PQserverVersion(session_.raw()) >= 150000;
  profile.unavailable.push_back(
      {.what = "I/O times",
       .reason = "track_io_timing is off, and this role may not switch it on for a run",
       .fix = grants ? "GRANT SET ON PARAMETER track_io_timing TO " +
                           facts.text(0, facts.column("role"))
                     : "ALTER SYSTEM SET track_io_timing = on; SELECT pg_reload_conf()",
       .canEnable = {}});
  return {};
}

Result<MeasuredRun> PostgresProfiler::run(std::string_view sql, Aside how, NestedStatements* nested,
                                          const CancelToken& cancel) {
  const auto facts = session_.query(embeddedSql("postgres", "profile_facts"), {}, cancel);
  if (!facts) return facts.error();
  MeasuredRun run{.profile = {}, .tree = {}};
  Profile& profile = run.profile;
  if (const auto set = measureInputOutput(*facts, profile, cancel); !set) return set.error();
  auto counters =
      StatementCounters::before(session_, explainer_, *facts, sql, profile.unavailable, cancel);
  if (!counters) return counters.error();
  auto watcher = databases_.open(databases_.current(), cancel);
  if (!watcher && cancel.cancelled()) return cancel.error();
  auto sampler = watcher
                     ? WaitSampler::start(std::move(*watcher), facts->text(0, facts->column("pid")))
                     : watcher.error();
  if (nested) {
    auto lacking =
        NestedStatements::enable(session_, facts->text(0, facts->column("role")), cancel);
    if (!lacking) return lacking.error();
    if (*lacking) profile.unavailable.push_back(std::move(**lacking));
    session_.listen([nested](const Notice& notice) { nested->take(notice); });
  }
  const auto began = Clock::now();
  const auto answer = explainer_.measure(sql, cancel);
  profile.totals.totalMs = millisecondsSince(began);
  session_.listen({});
  WaitSamples samples;
  if (sampler)
    samples = (*sampler)->stop();
  else
    samples.failure = sampler.error();
  if (!answer) return answer.error();
  if (const auto read = counters->addMoved(profile.metrics, cancel); !read) return read.error();
  auto tree = explainer_.treeOf(*answer, sql, true);
  if (!tree) return tree.error();
  profile.totals.planningMs = tree->planningMs;
  profile.totals.serverMs = tree->planningMs.value_or(0) + tree->executionMs.value_or(0);
  addWaits(samples, tree->executionMs.value_or(0), profile);
  if (how == Aside::writes) profile.notices.emplace_back("the changes were rolled back");
  run.tree = std::move(*tree);
  return run;
}

Result<MeasuredRun> PostgresProfiler::profile(const guard::CheckedStatement& statement,
                                              bool enableInstruments, const CancelToken& cancel) {
  const std::string_view sql = statement.text();
  const auto trial = explainer_.mayMeasure(sql, cancel);
  if (!trial) return trial.error();
  NestedStatements nested;
  auto measured = rolledBack(session_, trial->how, cancel, [&] {
    return run(sql, trial->how, enableInstruments ? &nested : nullptr, cancel);
  });
  if (!measured) return ofTrial(measured.error(), trial->how);
  explainer_.addRelations(*measured->tree, cancel);
  protocol::PlanTree derived = *measured->tree;
  plan::derive(derived);
  Profile& profile = measured->profile;
  profile.engine = "postgres";
  profile.version = derived.version;
  addRows(derived.root, profile.totals);
  addPages(derived.root, profile.metrics);
  profile.stages = timelineOf(derived);
  nested.addTo(profile, derived.version);
  if (trial->runsCode && !enableInstruments) profile.unavailable.push_back(nestedNotAsked());
  return measured;
}

}  // namespace mydba::postgres
