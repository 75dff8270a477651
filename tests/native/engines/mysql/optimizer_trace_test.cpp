// Recorded traces (traces/<version>-<case>.json, of the statements that README.md there names) and
// the stories of them (.txt). UPDATE_GOLDEN=1 writes the stories anew; look at the difference.

#include "engines/mysql/optimizer_trace.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engines/mysql/trace_weighed.h"
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

protocol::PlanNode reading(const char* table, std::optional<std::string> index) {
  protocol::PlanNode node;
  node.operation = "Read";
  node.category = index ? protocol::PlanCategory::indexScan : protocol::PlanCategory::scan;
  node.relation = table;
  node.index = std::move(index);
  return node;
}

protocol::PlanNode joined(std::vector<protocol::PlanNode> inputs) {
  protocol::PlanNode join;
  join.operation = "Join";
  join.category = protocol::PlanCategory::join;
  join.children = std::move(inputs);
  return join;
}

std::string recorded(const char* name) {
  return read(fs::path(MYDBA_SOURCE_DIR "/tests/native/engines/mysql/traces") / name);
}

/// `* ref status 124.75` for each way that was weighed, a line each.
std::string waysOf(const protocol::PlanNode& node) {
  std::ostringstream out;
  if (!node.weighed) return "none";
  for (const auto& way : *node.weighed) {
    out << (way.chosen ? "* " : "- ") << way.name;
    if (way.cost) out << " " << *way.cost;
    out << "\n";
  }
  return out.str();
}

TEST_CASE("mysql: the ways that were weighed are told at the step of each table") {
  auto join = joined({reading("o", "status"), reading("c", "PRIMARY"), reading("x", "PRIMARY")});
  addWeighed(recorded("mysql-9.7-join.json"), join);
  CHECK(waysOf(join.children[0]) ==
        "* ref status 124.75\n- ref PRIMARY\n- ref customer_id\n- range status\n- table scan\n"
        "- range of total_created\n- range of PRIMARY\n- range of customer_id\n");
  // Of two decisions the other has its costs in words.
  CHECK(join.children[0].weighed->at(5).reason ==
        "lost to another range or a scan, where it was to cost 1540.26");
  CHECK(waysOf(join.children[1]).starts_with("* eq_ref PRIMARY 154.774\n- range city 40024.5\n"));
  CHECK_FALSE(join.children[2].weighed);

  auto ranges = joined({reading("orders", "total_created"), reading("o", "PRIMARY")});
  addWeighed(recorded("mariadb-11.8-join.json"), ranges);
  CHECK(waysOf(ranges.children[0])
            .starts_with("* range of total_created 0.119785\n- table scan 1.65843\n"));
  CHECK(waysOf(ranges.children[1]).starts_with("* eq_ref PRIMARY 0.742586\n"));
}

TEST_CASE("mysql: what was weighed of another read is not told") {
  const std::string trace = recorded("mysql-9.7-join.json");
  // Read otherwise than the trace says, and twice under one name.
  for (auto plan : {joined({reading("o", "customer_id")}), joined({reading("o", std::nullopt)}),
                    joined({reading("o", "status"), reading("o", "status")})}) {
    addWeighed(trace, plan);
    for (const auto& input : plan.children) CHECK_FALSE(input.weighed);
  }
  // Twice in the statement: which step is which is not known.
  const auto block = [](int number) {
    return R"({"join_optimization": {"select#": )" + std::to_string(number) +
           R"(, "steps": [{"rows_estimation": [{"table": "t", "range_analysis": {"table_scan": )"
           R"({"rows": 9, "cost": 5}, "analyzing_range_alternatives": {"range_scan_alternatives": )"
           R"([{"index": "a", "cost": 7}]}}}]}]}})";
  };
  auto once = joined({reading("t", std::nullopt)});
  addWeighed(R"({"steps": [)" + block(1) + "]}", once);
  CHECK(waysOf(once.children[0]) == "* table scan 5\n- range of a 7\n");
  auto twice = joined({reading("t", std::nullopt)});
  addWeighed(R"({"steps": [)" + block(1) + "," + block(2) + "]}", twice);
  CHECK_FALSE(twice.children[0].weighed);
}

TEST_CASE("mysql: a trace may be anything") {
  for (const auto* text :
       {"", "null", "[]", "{\"steps\": [", "\xFF", R"({"steps": 1})",
        R"({"steps": [{"rows_estimation": [1, {"table": "t", "range_analysis": []}]}]})",
        R"({"select#": "x", "considered_execution_plans": {"table": "t"}})"}) {
    auto plan = joined({reading("t", std::nullopt)});
    addWeighed(text, plan);
    CHECK_FALSE(plan.children[0].weighed);
  }
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
