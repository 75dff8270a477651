// Numbers of the recorded MariaDB plans (tests/plans/mariadb) against what the server says itself.

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engines/mysql/plan_json.h"
#include "engines/mysql/plan_readers.h"
#include "native/catch.h"
#include "plan/derive.h"
#include "plan/walk.h"

namespace mydba::mysql {
namespace {

std::string readFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// Own times that the server bills to single tables and joins, whatever is around them.
double billed(const PlanJson& value) {
  double sum = 0;
  if (value.is_object())
    for (const char* name : {"r_table_time_ms", "r_other_time_ms", "r_unpack_time_ms"})
      sum += number(value, name).value_or(0);
  if (value.is_structured())
    for (const auto& inner : value) sum += billed(inner);
  return sum;
}

TEST_CASE("mariadb: own times of the steps sum to the time of the statement", "[plan][library]") {
  int checked = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(MYDBA_SOURCE_DIR "/tests/plans/mariadb")) {
    const auto json = readFile(entry.path() / "plan.json");
    if (json.empty()) continue;
    INFO(entry.path().string());
    auto tree = readMariadbPlan(json);
    REQUIRE(tree);
    const auto document = parsePlan(json);
    const auto whole = number((*document)["query_block"], "r_total_time_ms");
    if (!whole) continue;
    plan::derive(*tree);
    double sum = 0;
    plan::walk(tree->root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
      sum += node.selfMs.value_or(0);
    });
    CHECK(sum == Approx(*whole).epsilon(0.01));
    // The steps are not made to fit: what the server billed is nearly all of it, and nothing twice.
    CHECK(billed(*document) < *whole * 1.25);
    ++checked;
  }
  CHECK(checked >= 100);
}

}  // namespace
}  // namespace mydba::mysql
