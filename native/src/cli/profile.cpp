#include "profile/profile.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>
#include <string>

#include "cli/plan_report.h"
#include "cli/report.h"
#include "codec.h"

namespace mydba::cli {
namespace {

constexpr int barWidth = 40;

/// Where a stage lies in the run, as a bar of `barWidth` columns.
std::string bar(const protocol::ProfileStage& stage, double totalMs) {
  if (totalMs <= 0) return std::string(barWidth, ' ');
  const auto column = [&](double ms) {
    return static_cast<int>(std::lround(std::clamp(ms / totalMs, 0.0, 1.0) * barWidth));
  };
  const int start = std::min(column(stage.startMs), barWidth - 1);
  const int end = std::max(start + 1, column(stage.startMs + stage.durationMs));
  return std::string(static_cast<std::size_t>(start), ' ') +
         std::string(static_cast<std::size_t>(end - start), '#') +
         std::string(static_cast<std::size_t>(barWidth - end), ' ');
}

std::string milliseconds(double ms, bool approximate = false) {
  char text[48];
  std::snprintf(text, sizeof text, "%s%.3f ms", approximate ? "~" : "", ms);
  return text;
}

/// What is missing, and below it what to do: statements to copy, a line each as they are written.
void print(const protocol::Unavailable& missing) {
  std::printf("not available: %s: %s\n", printable(missing.what).c_str(),
              printable(missing.reason).c_str());
  std::istringstream fix(missing.fix.value_or(""));
  for (std::string line; std::getline(fix, line);) std::printf("    %s\n", printable(line).c_str());
  if (missing.canEnable.value_or(false))
    std::puts("    or run this with --enable-instruments: on for this run, and set back after it");
}

void print(const protocol::Profile& profile) {
  const auto& totals = profile.totals;
  std::printf("%s in all", milliseconds(totals.totalMs).c_str());
  if (totals.serverMs) std::printf(", %s on the server", milliseconds(*totals.serverMs).c_str());
  if (totals.rows) std::printf(", %.0f %s", *totals.rows, *totals.rows == 1 ? "row" : "rows");
  std::puts("");
  std::vector<std::vector<std::string>> rows{{"stage", "time", "when"}};
  for (const auto& stage : profile.stages)
    rows.push_back({std::string(static_cast<std::size_t>(2 * stage.level), ' ') + stage.name,
                    milliseconds(stage.durationMs, stage.approximate.value_or(false)),
                    bar(stage, totals.totalMs)});
  if (rows.size() > 1) printColumns(rows);
  for (const auto& wait : profile.waits)
    std::printf("waited %2.0f %% %s\n", wait.share * 100, printable(wait.event).c_str());
  for (const auto& finding : profile.findings)
    std::printf("%s: %s\n", protocol::name(finding.severity).data(),
                printable(finding.title).c_str());
  for (const auto& missing : profile.unavailable) print(missing);
  for (const auto& notice : profile.notices) std::puts(printable(notice).c_str());
}

}  // namespace

Exit profile(Arguments arguments) {
  constexpr Flag flags[] = {
      {"enable-instruments", false}, {"timeout", true}, {"yes", false}, planFlags[0], planFlags[1]};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("profile", parsed.error(), false);
  const auto options = planReport(*parsed);
  if (!options) return fail("profile", options.error(), parsed->has("json"));
  return withStatement(
      "profile", *parsed, /*analyze=*/true, "60s",
      [&](const OpenConnection& open, const auto& statement, const CancelToken& cancel) {
        const bool enable = parsed->has("enable-instruments");
        const auto measured = open.audit.takenBack(statement, [&] {
          return profile::run(*open.connection, statement, enable, options->thresholds, cancel);
        });
        if (enable)
          open.audit.enabledInstruments(measured ? Result<void>() : Result<void>(measured.error()));
        if (!measured) return failStatement("profile", measured.error(), options->json);
        options->json ? printJson(protocol::encode(*measured)) : print(*measured);
        return exitOf(*options, measured->findings);
      });
}

}  // namespace mydba::cli
