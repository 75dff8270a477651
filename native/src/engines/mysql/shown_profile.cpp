#include "engines/mysql/shown_profile.h"

#include <algorithm>

#include "base/embedded.h"
#include "engines/mysql/stage_kind.h"

namespace mydba::mysql {
namespace {

/// "cleaning up" of MySQL; "Updating status" and "Reset for next command" of MariaDB.
constexpr std::size_t lastStages = 2;

double milliseconds(const Row::value_type& seconds) { return numberIn(seconds).value_or(0) * 1000; }

}  // namespace

Result<ShownProfile> ShownProfile::begin(Session& session, const CancelToken& cancel) {
  const auto was = session.query("SELECT @@SESSION.profiling", cancel);
  if (!was) return was.error();
  ShownProfile profile;
  profile.wasOn_ = !was->empty() && was->front()[0] != "0";
  if (const auto on = session.execute("SET SESSION profiling = 1", cancel); !on) return on.error();
  return profile;
}

Result<void> ShownProfile::stop(Session& session) const {
  return session.alive() ? session.execute("SET SESSION profiling = 0", {}) : Result<void>();
}

Result<void> ShownProfile::restore(Session& session) const {
  return wasOn_ && session.alive() ? session.execute("SET SESSION profiling = 1", {})
                                   : Result<void>();
}

Result<ShownProfile::Stages> ShownProfile::read(Session& session, double totalMs,
                                                const CancelToken& cancel) const {
  const auto rows = session.query(embeddedSql("mysql", "shown_profile"), cancel);
  if (!rows) return rows.error();
  Stages read;
  double at = 0;
  for (const Row& row : *rows) {
    protocol::ProfileStage stage;
    stage.name = row[0].value_or("");
    stage.kind = stageKind(stage.name);
    stage.startMs = at;
    stage.durationMs = milliseconds(row[1]);
    stage.level = 0;
    stage.approximate = true;
    auto& extra = stage.extra.emplace();
    if (row[6]) extra.push_back({"source", *row[6]});
    for (const auto& [name, cell] : {std::pair{"blocks read", row[4]}, {"blocks written", row[5]}})
      if (cell && *cell != "0") extra.push_back({name, *cell});
    at += stage.durationMs;
    read.cpuMs += milliseconds(row[2]) + milliseconds(row[3]);
    read.stages.push_back(std::move(stage));
  }
  double excess = at - totalMs;
  const std::size_t count = read.stages.size();
  for (std::size_t i = count; i > 0 && i + lastStages > count && excess > 0; --i) {
    auto& stage = read.stages[i - 1];
    const double cut = std::min(excess, stage.durationMs);
    stage.durationMs -= cut;
    excess -= cut;
  }
  return read;
}

}  // namespace mydba::mysql
