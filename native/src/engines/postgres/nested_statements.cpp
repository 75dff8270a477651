#include "engines/postgres/nested_statements.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/embedded.h"
#include "base/utf8.h"
#include "engines/postgres/plan_reader.h"
#include "engines/postgres/profile_timeline.h"
#include "engines/postgres/statement_counters.h"
#include "plan/derive.h"

namespace mydba::postgres {
namespace {

using protocol::ProfileStage;
using protocol::ProfileStageKind;
using protocol::Unavailable;

constexpr std::size_t longestName = 120;
constexpr std::size_t longestContext = 16 * 1024;
constexpr std::size_t longestCaller = 400;

Unavailable missing(std::string reason, std::string fix) {
  return {.what = std::string(NestedStatements::what),
          .reason = std::move(reason),
          .fix = std::move(fix)};
}

/// As the name of a stage: one line, not too long.
std::string nameOf(std::string_view sql) {
  std::string line;
  for (const char c : sql) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.size() <= longestName) return line;
  return std::string(utf8Prefix(line, longestName)) + "…";
}

std::string countOf(double count) { return std::to_string(static_cast<std::int64_t>(count)); }

/// The time in `duration: 1.234 ms  plan:`, and what follows it.
std::optional<std::pair<double, std::string_view>> planIn(std::string_view message) {
  constexpr std::string_view start = "duration: ", mark = " ms  plan:\n";
  if (!message.starts_with(start)) return std::nullopt;
  message.remove_prefix(start.size());
  double ms = 0;
  const auto read = std::from_chars(message.data(), message.data() + message.size(), ms);
  if (read.ec != std::errc()) return std::nullopt;
  message.remove_prefix(static_cast<std::size_t>(read.ptr - message.data()));
  if (!message.starts_with(mark)) return std::nullopt;
  return std::pair(ms, message.substr(mark.size()));
}

Result<bool> load(Session& session, const CancelToken& cancel) {
  // The second is where an administrator puts what everybody may load (manual, "LOAD").
  for (const char* sql : {"LOAD 'auto_explain'", "LOAD '$libdir/plugins/auto_explain'"}) {
    const auto loaded = tryStatement(session, sql, {}, cancel);
    if (!loaded || *loaded) return loaded;
  }
  return false;
}

}  // namespace

Result<std::optional<Unavailable>> NestedStatements::enable(Session& session,
                                                            const std::string& role,
                                                            const CancelToken& cancel) {
  const auto facts = session.query(embeddedSql("postgres", "profile_nested"), {}, cancel);
  if (!facts) return facts.error();
  const auto holds = [&](const char* fact) { return facts->truth(0, facts->column(fact)); };
  if (!holds("loaded")) {
    const std::string fix =
        "ALTER ROLE " + role + " SET session_preload_libraries = 'auto_explain'";
    if (holds("configured"))
      return std::optional(
          missing("auto_explain is configured but not loaded: it would log from now on, as long as "
                  "the session lasts",
                  fix));
    const auto loaded = load(session, cancel);
    if (!loaded) return loaded.error();
    if (!*loaded)
      return std::optional(
          missing("the library auto_explain is not loaded, and this role may not load it", fix));
  }
  if (holds("logs")) {
    const auto quiet = trySetting(session, "log_min_messages", "warning", cancel);
    if (!quiet) return quiet.error();
    if (!*quiet)
      return std::optional(
          missing("log_min_messages is so low that the plans would go to the server's log, too",
                  "ALTER SYSTEM SET log_min_messages = warning; SELECT pg_reload_conf()"));
  }
  const auto on = tryStatement(session, embeddedSql("postgres", "profile_nested_on"), {}, cancel);
  if (!on) return on.error();
  if (*on) return std::optional<Unavailable>();
  return std::optional(missing(
      "this role may not change the settings of auto_explain for a run",
      PQserverVersion(session.raw()) >= 150000
          ? "GRANT SET ON PARAMETER auto_explain.log_analyze, auto_explain.log_buffers, "
            "auto_explain.log_timing, auto_explain.log_verbose, auto_explain.log_triggers, "
            "auto_explain.log_format, auto_explain.log_level, auto_explain.log_nested_statements, "
            "auto_explain.sample_rate, auto_explain.log_min_duration TO " +
                role
          : "connect as a superuser: version 14 lets nobody else"));
}

void NestedStatements::take(const Notice& notice) {
  const auto plan = planIn(notice.message);
  // The profiled statement itself was called by nobody.
  if (!plan || notice.context.empty()) return;
  if (notice.context.size() > longestContext) {
    ++left_;
    return;
  }
  std::string context(notice.context);
  auto known = known_.find(context);
  if (known == known_.end()) {
    if (places_.size() == mostPlaces) {
      ++left_;
      return;
    }
    known = known_.emplace(context, places_.size()).first;
    places_.push_back({.context = std::move(context), .slowestPlan = {}});
  }
  Place& place = places_[known->second];
  ++place.calls;
  place.ms += plan->first;
  if (plan->first <= place.slowestMs) return;
  place.slowestMs = plan->first;
  place.slowestPlan = plan->second.size() <= mostPlanBytes ? plan->second : std::string_view();
}

const NestedStatements::Place* NestedStatements::callerOf(const Place& place) const {
  const Place* caller = nullptr;
  for (const Place& other : places_)
    if (place.context.size() > other.context.size() &&
        place.context.ends_with("\n" + other.context) &&
        (!caller || caller->context.size() < other.context.size()))
      caller = &other;
  return caller;
}

void NestedStatements::addSteps(const protocol::PlanTree& plan, const Slot& slot,
                                protocol::Profile& profile) {
  std::size_t steps = 0;
  for (ProfileStage& stage : timelineOf(plan)) {
    if (stage.kind != ProfileStageKind::step || ++steps > mostStepsEach) continue;
    stage.startMs = std::min(slot.startMs + stage.startMs, slot.endMs);
    stage.durationMs = std::min(stage.durationMs, slot.endMs - stage.startMs);
    stage.level += slot.level;
    stage.nodeId.reset();  // a step of another plan
    stage.approximate = true;
    profile.stages.push_back(std::move(stage));
  }
}

void NestedStatements::addCalled(const Place* caller, const Slot& slot, protocol::Profile& profile,
                                 std::string_view version) const {
  double at = slot.startMs;
  for (const Place& place : places_) {
    if (callerOf(place) != caller) continue;
    auto plan = readPlan(place.slowestPlan, version);
    const Slot own{
        .startMs = at, .endMs = std::min(at + place.ms, slot.endMs), .level = slot.level + 1};
    ProfileStage stage{.name = plan && !plan->sql.empty() ? nameOf(plan->sql) : "Statement",
                       .kind = ProfileStageKind::command,
                       .startMs = own.startMs,
                       .durationMs = own.endMs - own.startMs,
                       .level = own.level};
    stage.approximate = true;
    stage.extra = {{"runs", countOf(place.calls)},
                   {"called by", std::string(utf8Prefix(place.context, longestCaller))}};
    if (plan && plan->root.actualRows && place.calls == 1)
      stage.extra->push_back({"rows", countOf(*plan->root.actualRows)});
    profile.stages.push_back(std::move(stage));
    if (plan) {
      plan::derive(*plan);
      addSteps(*plan, own, profile);
    }
    addCalled(&place, own, profile, version);
    at = own.endMs;
  }
}

void NestedStatements::addTo(protocol::Profile& profile, std::string_view version) const {
  const auto holds = [](const ProfileStage& stage) { return stage.nodeId == 0; };
  const auto root = std::find_if(profile.stages.begin(), profile.stages.end(), holds);
  if (places_.empty() || root == profile.stages.end()) return;
  const Slot slot{
      .startMs = root->startMs, .endMs = root->startMs + root->durationMs, .level = root->level};
  addCalled(nullptr, slot, profile, version);
  profile.notices.emplace_back(
      "auto_explain measured the statements that functions ran, which made them slower");
  if (left_ > 0)
    profile.notices.push_back(countOf(left_) +
                              " more runs of statements in functions are not shown");
}

}  // namespace mydba::postgres
