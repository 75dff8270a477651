// bench_plans LIBRARY [ROUNDS]: what a plan costs from text to findings, as lines of JSON:
// milliseconds of one core for plans of 10 to 10,000 steps, made of the real plans in LIBRARY
// (tests/plans/postgres) below one Append, so that rules have much to say. `json` is
// nlohmann's parser alone, a measure of the machine: the reader uses a quicker one.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cpu_time.h"
#include "engines/saved_plans.h"
#include "plan/explain.h"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::vector<Json> libraryPlans(const fs::path& library) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(library))
    if (fs::exists(entry.path() / "plan.json")) files.push_back(entry.path() / "plan.json");
  std::sort(files.begin(), files.end());
  std::vector<Json> plans;
  for (const auto& file : files) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    const auto document = Json::parse(text.str(), nullptr, false);
    const auto& top = document.is_array() && !document.empty() ? document.front() : document;
    if (top.is_object() && top.contains("Plan")) plans.push_back(top["Plan"]);
  }
  return plans;
}

std::size_t stepsIn(const Json& plan) {
  std::size_t steps = 1;
  if (plan.contains("Plans"))
    for (const auto& child : plan["Plans"]) steps += stepsIn(child);
  return steps;
}

std::string planOf(const std::vector<Json>& plans, std::size_t steps) {
  Json root = {{"Node Type", "Append"},    {"Startup Cost", 0}, {"Total Cost", 1e9},
               {"Plan Rows", 1},           {"Plan Width", 8},   {"Actual Startup Time", 0},
               {"Actual Total Time", 1e6}, {"Actual Rows", 1},  {"Actual Loops", 1},
               {"Plans", Json::array()}};
  for (std::size_t count = 1, next = 0; count < steps; ++next) {
    const Json& plan = plans[next % plans.size()];
    root["Plans"].push_back(plan);
    count += stepsIn(plan);
  }
  return Json::array({{{"Plan", root}, {"Execution Time", 1e6}}}).dump();
}

/// Median milliseconds of a call.
double median(int rounds, const std::function<void()>& call) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const double start = mydba::bench::cpuSeconds();
    call();
    times.push_back((mydba::bench::cpuSeconds() - start) * 1000);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const auto plans = libraryPlans(argv[1]);
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 9;
  if (plans.empty()) {
    std::fprintf(stderr, "no plan.json below %s\n", argv[1]);
    return 2;
  }
  const mydba::PlanOrigin postgres{.engine = "postgres", .version = {}};
  std::size_t kept = 0;
  for (const std::size_t steps : {10U, 100U, 1000U, 10000U}) {
    const std::string text = planOf(plans, steps);
    const double json = median(rounds, [&] { kept += Json::parse(text).size(); });
    const double read = median(rounds, [&] { kept += mydba::savedPlans(text, postgres)->size(); });
    const auto shown = mydba::plan::examine(mydba::savedPlans(text, postgres)->front());
    const double both = median(rounds, [&] {
      auto saved = mydba::savedPlans(text, postgres);
      kept += mydba::plan::examine(std::move(saved->front())).text.size();
    });
    std::printf(
        "{\"steps\":%lld,\"bytes\":%zu,\"findings\":%zu,\"jsonMs\":%.3f,\"readMs\":%.3f,"
        "\"bothMs\":%.3f}\n",
        static_cast<long long>(shown.summary.nodes), text.size(), shown.findings.size(), json, read,
        both);
  }
  return kept == 1 ? 1 : 0;
}
