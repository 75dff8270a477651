// Recorded traces (traces/<version>-<case>.json, of the statements that README.md there names) and
// the stories of them (.txt). UPDATE_GOLDEN=1 writes the stories anew; look at the difference.

#include "engines/mysql/optimizer_trace.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "native/catch.h"

namespace mydba::mysql {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void print(std::ostream& out, const std::vector<protocol::TraceStep>& steps, int level) {
  const std::string indent(static_cast<std::size_t>(2 * level), ' ');
  for (const auto& step : steps) {
    out << indent << step.title << (step.text ? ": " + *step.text : "") << "\n";
    for (const auto& option : step.options) {
      out << indent << (option.chosen ? "  * " : "  - ") << option.name;
      if (option.cost) out << ", cost " << *option.cost;
      if (option.rows) out << ", rows " << *option.rows;
      if (option.reason) out << " (" << *option.reason << ")";
      out << "\n";
    }
    print(out, step.steps, level + 1);
  }
}

std::string told(const std::vector<protocol::TraceStep>& steps) {
  std::ostringstream out;
  print(out, steps, 0);
  return out.str();
}

TEST_CASE("mysql: traces of the optimizer are told as recorded") {
  std::vector<fs::path> traces;
  for (const auto& entry :
       fs::directory_iterator(MYDBA_SOURCE_DIR "/tests/native/engines/mysql/traces"))
    if (entry.path().extension() == ".json") traces.push_back(entry.path());
  std::sort(traces.begin(), traces.end());
  REQUIRE(traces.size() >= 15);
  for (const auto& path : traces) {
    INFO(path.filename().string());
    const auto steps = storyOf(read(path));
    REQUIRE(steps);
    const auto golden = fs::path(path).replace_extension(".txt");
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(golden, std::ios::binary) << told(*steps);
    CHECK(told(*steps) == read(golden));
  }
}

TEST_CASE("mysql: a trace may be anything") {
  for (const auto* text : {"", "null", "[]", "{\"steps\": [", "\xFF"}) CHECK_FALSE(storyOf(text));
  for (
      const auto* text :
      {R"({})", R"({"steps": 1})", R"({"steps": [1, null, "x", [], {}]})",
       R"({"steps": [{"join_optimization": {"steps": [{"rows_estimation": [1, {"table": 2}]}]}}]})",
       R"({"steps": [{"considered_execution_plans": [{"table": [], "rest_of_plan": {}}, {"table": ""}]}]})",
       R"({"steps": [{"transformation": {"from": 1, "to": {}}}, {"range_analysis": [], "table": "t"}]})",
       R"({"steps": [{"reconsidering_access_paths_for_index_ordering": {"possible_keys": [3, {"index": 4}]}}]})"})
    CHECK(storyOf(text));
  CHECK(storyOf("{").error().message == "the server's trace cannot be read: it is not JSON");
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += R"({"steps":[{"join_preparation":)";
  CHECK(storyOf(deep).error().code == ErrorCode::tooLarge);
}

// As MariaDB 10.11 and 11.8 lay it out: nothing in a text is escaped.
TEST_CASE("mysql: texts of a trace may hold quotes, backslashes and line breaks") {
  const auto steps = storyOf(R"~({
  "steps": [
    {
      "rows_estimation": [
        {
          "table": "it\'s",
          "range_analysis": {
            "analyzing_range_alternatives": {
              "range_scan_alternatives": [
                {
                  "index": "a"b",
                  "ranges": ["(a"b) <= (w)", "(c\d) <= (w)"],
                  "key_parts": ["w", 2],
                  "cost": 2
                },
                {
                  "index": "c",
                  "ranges": [
                    "(a": "b) <= (w)",
                    "(l
i) < (w)"
                  ],
                  "cost": 3
                }
              ]
            }
          }
        }
      ]
    }
  ]
})~");
  REQUIRE(steps);
  CHECK(told(*steps) ==
        "How to read it\\'s: By range of a\"b: cost 2.\n"
        "  * range of a\"b, cost 2 ((a\"b) <= (w), (c\\d) <= (w))\n"
        "  - range of c, cost 3 ((a\": \"b) <= (w), (l\ni) < (w))\n");
}

TEST_CASE("mysql: a trace with very many ways is told in part") {
  std::string plans;
  for (int i = 0; i < 5000; ++i)
    plans += (i ? "," : "") + (R"({"table": "t)" + std::to_string(i)) +
             R"(", "cost_for_plan": 1, "pruned_by_cost": true})";
  const auto steps = storyOf(R"({"steps": [{"considered_execution_plans": [)" + plans + "]}]}");
  REQUIRE(steps);
  REQUIRE(steps->size() == 1);
  CHECK(steps->at(0).options.size() == 60);
}

}  // namespace
}  // namespace mydba::mysql
