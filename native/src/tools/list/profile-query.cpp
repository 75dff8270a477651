#include "codec.h"
#include "profile/profile.h"
#include "tools/finding_json.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

constexpr std::size_t mostStages = 40;

Json measured(const protocol::Profile& profile) {
  Json stages = Json::array();
  for (const auto& stage : profile.stages) {
    if (stages.size() == mostStages) break;
    stages.push_back({{"name", stage.name}, {"level", stage.level}, {"ms", stage.durationMs}});
  }
  Json json = {{"totals", protocol::encode(profile.totals)}, {"stages", std::move(stages)}};
  if (profile.stages.size() > mostStages) json["moreStages"] = profile.stages.size() - mostStages;
  json["findings"] = findingsJson(profile.findings);
  for (const auto& missing : profile.unavailable)
    json["notAvailable"].push_back({{"what", missing.what}, {"reason", missing.reason}});
  return json;
}

Result<Json> profileOne(const Bench& bench, const std::string& sql) {
  const auto statement = bench.gate.admitToExplain(sql, /*analyze=*/true, bench.confirm);
  if (!statement) return statement.error();
  const auto result = bench.audit.takenBack(*statement, [&] {
    return profile::run(bench.connection, *statement, /*enableInstruments=*/false, {},
                        bench.cancel);
  });
  if (!result) return result.error();
  return measured(*result);
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto sql = arguments.text("sql");
  if (auto complete = arguments.complete(); !complete) return complete.error();
  desk.progress("Running the statement to measure it");
  return desk.withConnection(connection, Access::read,
                             [sql](const Bench& bench) { return profileOne(bench, sql); });
}

}  // namespace

extern const Tool profileQuery{
    .name = "profile_query",
    .title = "Profile a query",
    .description =
        "Runs one statement that only reads and tells where its time went, stage by "
        "stage. It takes as long as the statement takes.",
    .run = run};

}  // namespace mydba::tools
