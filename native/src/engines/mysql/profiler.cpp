// One run of a statement, measured from all sides.
//
// The statement runs once, held back (held_back.h), on the user's session. Right before and after
// it, on that session: SHOW STATUS. Beside it, on a second connection: the performance schema. So
// between the statement's first byte and its last nothing is done that it would not do by itself;
// what remains is what the server spends on recording (tests/bench/profile.mjs measures it).
//
// The plan with its measurements, and the optimizer's trace, are of the same statement and not of
// this run: EXPLAIN ANALYZE and ANALYZE send no rows, and a trace costs time. Both follow, the
// first only when the statement was quick, and the notices say so.
//
// What is switched on with the user's consent is set back by a second process (instruments.cpp).

#include "engines/mysql/profiler.h"

#include <algorithm>

#include "base/embedded.h"
#include "engines/mysql/account.h"
#include "engines/mysql/held_back.h"
#include "engines/mysql/instruments.h"
#include "engines/mysql/measured_statement.h"
#include "engines/mysql/optimizer_trace.h"
#include "engines/mysql/performance_schema.h"
#include "engines/mysql/shown_profile.h"
#include "engines/mysql/statement.h"
#include "engines/mysql/status_delta.h"

namespace mydba::mysql {
namespace {

/// A statement that took longer is not run a second time for its plan.
constexpr double longestSecondRunMs = 5000;

/// "UPDATE command denied to user …".
constexpr std::string_view tableAccessDenied = "1142";

std::string reasonOf(const Error& error) {
  return error.message + (error.hint.empty() ? "" : "; " + error.hint);
}

/// What the second process does (instruments_process.cpp), without the comments above.
std::string switchOnStages() {
  std::string fix;
  for (const auto name : {"instruments_on", "consumers_on"}) {
    const auto sql = embeddedSql("mysql", name);
    fix += sql.substr(sql.find('\n') + 1);
    while (fix.ends_with('\n')) fix.pop_back();
    fix += ";\n";
  }
  return fix;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// Gathers the parts of one profile.
class Measurement {
 public:
  Measurement(Session& session, Explainer& explainer, const guard::CheckedStatement& statement,
              const CancelToken& cancel)
      : session_(session), explainer_(explainer), statement_(statement), cancel_(cancel) {
    profile_.engine = session.flavour().id;
    profile_.version = session.server().version;
    profile_.sql = statement.text();
  }

  Result<MeasuredRun> take(bool enableInstruments) {
    const auto how = mayMeasure(session_, statement_.text(), cancel_);
    if (!how) return how.error();
    openSchema();
    if (enableInstruments) switchOn();
    tellWhatIsMissing();
    const auto ran = heldBack(session_, *how, cancel_, [&] { return run(); });
    // Set back before anything else, and also after an error.
    setBack();
    if (!ran) return ran.error();
    if (*how == HeldBack::rolledBack)
      profile_.notices.emplace_back("The changes were rolled back.");
    takePlan(*how);
    takeTrace(*how);
    if (!session_.alive()) return session_.lost();
    if (cancel_.cancelled()) return cancel_.error();
    return MeasuredRun{std::move(profile_), std::move(tree_)};
  }

 private:
  void missing(std::string what, std::string reason, std::optional<std::string> fix = {},
               std::optional<bool> canEnable = {}) {
    profile_.unavailable.push_back({.what = std::move(what),
                                    .reason = std::move(reason),
                                    .fix = std::move(fix),
                                    .canEnable = canEnable});
  }

  void openSchema() {
    auto schema = PerformanceSchema::open(session_, cancel_);
    auto lacking =
        schema ? schema->lacking(cancel_) : Result<PerformanceSchema::Lacking>(schema.error());
    if (!lacking) {
      whyNoSchema_ = lacking.error();
      return;
    }
    lacking_ = std::move(*lacking);
    schema_.emplace(std::move(*schema));
  }

  void switchOn() {
    if (!schema_ || !lacking_.any()) return;
    if (session_.holdsReadOnly()) {
      whyNotSwitchedOn_ = "this connection is read-only, and they are settings of the server";
      return;
    }
    auto instruments = Instruments::switchOn(session_.interruptible().target, cancel_);
    if (!instruments) {
      whyNotSwitchedOn_ = reasonOf(instruments.error());
      if (instruments.error().engineCode == tableAccessDenied)
        fix_ = "GRANT SELECT, UPDATE ON performance_schema.* TO " + accountOf(session_.server());
      return;
    }
    instruments_.emplace(std::move(*instruments));
    if (auto lacking = schema_->lacking(cancel_)) lacking_ = std::move(*lacking);
  }

  void setBack() {
    if (!instruments_) return;
    const auto restored = instruments_->restore();
    instruments_.reset();
    profile_.notices.push_back(
        restored ? "Instruments of the performance schema were on for this run, and are again as "
                   "they were."
                 : "Instruments of the performance schema could not be set back yet: " +
                       restored.error().message);
  }

  void tellWhatIsMissing() {
    if (!schema_) {
      const bool denied = whyNoSchema_.code == ErrorCode::server;
      missing("Stages with their times, and waits", reasonOf(whyNoSchema_),
              denied ? std::optional<std::string>("GRANT SELECT ON performance_schema.* TO " +
                                                  accountOf(session_.server()))
                     : std::nullopt,
              false);
      return;
    }
    if (lacking_.thread)
      missing("Stages with their times",
              "the server does not record this session (setup_actors, threads)",
              "UPDATE performance_schema.threads SET INSTRUMENTED = 'YES', HISTORY = 'YES' WHERE "
              "PROCESSLIST_ID = " +
                  session_.id(),
              false);
    else if (lacking_.any())
      missing("Stages with their times", whyStagesAreMissing(), fix_, canSwitchOn());
  }

  std::string whyStagesAreMissing() const {
    std::string reason;
    if (!lacking_.consumers.empty()) reason = "consumers are off: " + joined(lacking_.consumers);
    if (lacking_.instruments > 0) {
      if (!reason.empty()) reason += "; ";
      reason += std::to_string(static_cast<int>(lacking_.instruments)) +
                " instruments (stage/%, statement/%) are off";
    }
    if (!whyNotSwitchedOn_.empty()) reason += "; not switched on: " + whyNotSwitchedOn_;
    return reason;
  }

  /// Without a try: what forbids it for sure.
  bool canSwitchOn() const {
    const auto isBase = [](const std::string& name) { return name.ends_with("instrumentation"); };
    return !session_.holdsReadOnly() && !session_.interruptible().target.tunnelled &&
           whyNotSwitchedOn_.empty() &&
           std::none_of(lacking_.consumers.begin(), lacking_.consumers.end(), isBase);
  }

  /// The statement with everything that must be right before and behind it.
  Result<void> run() {
    std::optional<ShownProfile> shown;
    if (!schema_ || lacking_.stages) {
      auto begun = ShownProfile::begin(session_, cancel_);
      if (begun) shown = *begun;
      if (!session_.alive() || cancel_.cancelled()) return begun.error();
    }
    const auto delta = StatusDelta::begin(session_, cancel_);
    if (!delta) return delta.error();
    const auto waitsBefore = waitSums();
    const auto times = runMeasured(session_, statement_.text(), cancel_);
    // At once: the last stage lasts until the session is asked for something else.
    if (shown) static_cast<void>(shown->stop(session_));
    const auto waitsAfter = waitSums();
    if (times) {
      addTimes(*times);
      addWaits(waitsBefore, waitsAfter);
      if (auto metrics = delta->end(session_, cancel_)) profile_.metrics = std::move(*metrics);
      if (schema_) addEvents();
      if (!profile_.totals.rowsExamined) addRowsRead();
      if (shown) addShown(*shown);
    }
    if (shown) static_cast<void>(shown->restore(session_));
    return times ? Result<void>() : times.error();
  }

  PerformanceSchema::WaitSums waitSums() {
    if (!schema_) return {};
    auto sums = schema_->waits(cancel_);
    return sums ? std::move(*sums) : PerformanceSchema::WaitSums{};
  }

  void addTimes(const ClientTimes& times) {
    auto& totals = profile_.totals;
    totals.totalMs = times.totalMs;
    if (times.affected)
      totals.rowsAffected = times.affected;
    else
      totals.rows = times.rows;
  }

  void addWaits(const PerformanceSchema::WaitSums& before,
                const PerformanceSchema::WaitSums& after) {
    for (const auto& [event, sum] : after) {
      const auto found = before.find(event);
      const double ms = sum.second - (found == before.end() ? 0 : found->second.second);
      if (ms <= 0 || profile_.totals.totalMs <= 0) continue;
      profile_.waits.push_back({.event = event,
                                .samples = {},
                                .ms = ms,
                                .share = std::min(1.0, ms / profile_.totals.totalMs)});
    }
    if (!schema_) return;
    if (const auto timed = schema_->timesWaits(cancel_); timed && !*timed)
      missing(
          "Waits", "no instrument of waits is on and timed",
          "UPDATE performance_schema.setup_instruments SET ENABLED = 'YES', TIMED = 'YES' WHERE "
          "NAME LIKE 'wait/io/%' OR NAME LIKE 'wait/lock/%'",
          false);
  }

  void addEvents() {
    const auto event = schema_->lastStatement(cancel_);
    if (!event || !*event) return;
    auto& totals = profile_.totals;
    totals.serverMs = (*event)->ms;
    totals.lockMs = (*event)->lockMs;
    totals.rowsExamined = (*event)->rowsExamined;
    totals.cpuMs = (*event)->cpuMs;
    if (lacking_.stages) return;
    auto stages = schema_->stages(**event, cancel_);
    if (!stages || stages->empty())
      return missing("Stages",
                     stages ? "busy sessions have pushed them out of the server's history"
                            : reasonOf(stages.error()),
                     "raise performance_schema_events_stages_history_long_size");
    profile_.stages = std::move(*stages);
    addPlanning();
  }

  /// MariaDB counts them for the session, where the performance schema records no statements.
  void addRowsRead() {
    for (const auto& metric : profile_.metrics)
      if (metric.name == "Rows_read") profile_.totals.rowsExamined = metric.value;
  }

  void addShown(const ShownProfile& shown) {
    auto read = shown.read(session_, profile_.totals.totalMs, cancel_);
    if (!read || read->stages.empty())
      return missing("Stages", read ? "SHOW PROFILE tells nothing (profiling_history_size)"
                                    : reasonOf(read.error()));
    profile_.stages = std::move(read->stages);
    auto& totals = profile_.totals;
    if (!totals.cpuMs && read->cpuMs > 0) totals.cpuMs = read->cpuMs;
    if (!totals.serverMs) {
      totals.serverMs = 0;
      for (const auto& stage : profile_.stages) *totals.serverMs += stage.durationMs;
    }
    profile_.notices.emplace_back(
        "The stages are those of SHOW PROFILE: how long each took is measured, when it began is "
        "summed up.");
    addPlanning();
  }

  void addPlanning() {
    double planning = 0;
    for (const auto& stage : profile_.stages)
      if (stage.level == 0 && stage.kind == protocol::ProfileStageKind::planning)
        planning += stage.durationMs;
    profile_.totals.planningMs = planning;
  }

  void takePlan(HeldBack how) {
    if (!session_.alive() || cancel_.cancelled()) return;
    const bool reads = how == HeldBack::readOnly;
    const bool canMeasure = reads || !session_.flavour().analyzePrefix.empty();
    const bool quick = profile_.totals.totalMs <= longestSecondRunMs;
    std::optional<Error> failed;
    for (const bool analyze : {true, false}) {
      if (analyze && !(canMeasure && quick)) continue;
      auto tree = explainer_.explain(statement_, analyze, cancel_);
      if (tree) {
        tree_ = std::move(*tree);
        profile_.notices.emplace_back(
            analyze ? "The plan's own measurements are those of a second run."
                    : "The plan is the estimated one: the statement was not run again for it.");
        return;
      }
      failed = tree.error();
      if (!session_.alive() || cancel_.cancelled()) return;
    }
    if (failed) missing("Plan", reasonOf(*failed));
  }

  void takeTrace(HeldBack how) {
    if (!session_.alive() || cancel_.cancelled()) return;
    auto trace = traceOf(session_, statement_.text(), how, cancel_);
    if (trace)
      profile_.trace = std::move(*trace);
    else
      missing("Optimizer trace", reasonOf(trace.error()));
  }

  Session& session_;
  Explainer& explainer_;
  const guard::CheckedStatement& statement_;
  const CancelToken& cancel_;
  protocol::Profile profile_;
  std::optional<protocol::PlanTree> tree_;
  std::optional<PerformanceSchema> schema_;
  PerformanceSchema::Lacking lacking_;
  Error whyNoSchema_;
  std::string whyNotSwitchedOn_;
  std::string fix_ = switchOnStages();
  std::optional<Instruments> instruments_;
};

class MysqlProfiler final : public Profiler {
 public:
  MysqlProfiler(Session& session, Explainer& explainer)
      : session_(session), explainer_(explainer) {}

  Result<MeasuredRun> profile(const guard::CheckedStatement& statement, bool enableInstruments,
                              const CancelToken& cancel) override {
    if (!session_.alive()) return session_.lost();
    return Measurement(session_, explainer_, statement, cancel).take(enableInstruments);
  }

 private:
  Session& session_;
  Explainer& explainer_;
};

}  // namespace

std::unique_ptr<Profiler> makeProfiler(Session& session, Explainer& explainer) {
  return std::make_unique<MysqlProfiler>(session, explainer);
}

}  // namespace mydba::mysql
