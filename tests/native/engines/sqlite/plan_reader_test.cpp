// Plans that real libraries gave, and such as old versions give
// (tests/plans/sqlite/<case>/plan.txt), and the trees they are read as (tree.json). UPDATE_GOLDEN=1
// writes the trees anew; look at the difference.

#include "engines/sqlite/plan_reader.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "codec.h"
#include "native/catch.h"
#include "plan/explain.h"
#include "plan/walk.h"
#include "rpc/json.h"

using namespace mydba;
namespace fs = std::filesystem;

namespace {

std::string readFile(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("sqlite: plans are read as before", "[sqlite][plan]") {
  int cases = 0;
  for (const auto& entry : fs::directory_iterator(MYDBA_SOURCE_DIR "/tests/plans/sqlite")) {
    CAPTURE(entry.path().string());
    const std::string plan = readFile(entry.path() / "plan.txt");
    auto tree = sqlite::readPlan(sqlite::parsePlanText(plan));
    CHECK(tree.warnings.empty());
    CHECK(tree.raw == plan);
    tree.raw.clear();
    const auto text = protocol::encode(tree).dump(2) + "\n";
    const auto golden = entry.path() / "tree.json";
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(golden) << text;
    CHECK(text == readFile(golden));
    ++cases;
  }
  CHECK(cases >= 15);
}

TEST_CASE("sqlite: what a reader does not know is a node and a warning", "[sqlite][plan]") {
  const auto tree = sqlite::readPlan({{.id = 1, .parent = 0, .detail = "LEVITATE t"}});
  CHECK(tree.root.operation == "LEVITATE t");
  CHECK(tree.root.category == protocol::PlanCategory::other);
  CHECK(tree.warnings.size() == 1);
}

TEST_CASE("sqlite: hostile rows give a bounded tree", "[sqlite][plan]") {
  std::vector<sqlite::PlanRow> chain, circle, many;
  for (int i = 0; i < 20000; ++i) {
    chain.push_back({.id = i + 1, .parent = i, .detail = "CO-ROUTINE x"});
    circle.push_back({.id = i % 7, .parent = i % 5, .detail = "SCAN x"});
    many.push_back({.id = i + 1, .parent = 0, .detail = "USE TEMP B-TREE FOR ORDER BY"});
  }
  for (const auto& rows : {chain, circle, many, std::vector<sqlite::PlanRow>{}}) {
    auto tree = sqlite::readPlan(rows);
    int deepest = 0;
    plan::walk(tree.root,
               [&](const auto&, const auto*, int depth) { deepest = std::max(deepest, depth); });
    CHECK(deepest <= plan::maximumDepth);
    CHECK(plan::examine(std::move(tree)).summary.nodes >= 1);
  }
  CHECK(sqlite::parsePlanText("1|0|a|b\nx|0|c\n5|\n||\n2|1|").size() == 2);
}
