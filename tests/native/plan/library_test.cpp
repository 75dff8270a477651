// The library of plans: tests/plans/<engine>/<version>-<case>/plan.{json,txt,log}, as real servers
// wrote them, the trees they are read as (tree.txt) and what is found in them (findings.txt).
// UPDATE_GOLDEN=1 writes both anew; look at the difference. A case whose name has a file in
// cases/ was recorded by scripts/plans from the statement there; MySQL's of 8.0 and 8.4 were
// written after the manuals. Where the plan does not hold all that is known, facts.json has the
// rest, members of PlanTree that the helper had learnt from the same server; `weighed` there is of
// the steps, by their place.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "codec.h"
#include "engines/saved_plans.h"
#include "native/catch.h"
#include "native/plan/golden.h"
#include "plan/explain.h"
#include "plan/walk.h"
#include "rpc/json.h"

using namespace mydba;
namespace fs = std::filesystem;

namespace {

std::string readFile(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

struct Case {
  fs::path folder, plan;
  std::string engine, version, name;
};

std::vector<fs::path> engineFolders() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(MYDBA_SOURCE_DIR "/tests/plans"))
    if (entry.is_directory()) folders.push_back(entry.path());
  return folders;
}

std::vector<Case> casesOf(const fs::path& engine) {
  std::vector<Case> cases;
  for (const auto& entry : fs::directory_iterator(engine))
    for (const char* file : {"plan.json", "plan.txt", "plan.log"}) {
      if (!fs::exists(entry.path() / file)) continue;
      const auto name = entry.path().filename().string();
      const auto dash = name.find('-');
      cases.push_back({.folder = entry.path(),
                       .plan = entry.path() / file,
                       .engine = engine.filename().string(),
                       .version = dash == name.npos ? "" : name.substr(0, dash),
                       .name = dash == name.npos ? name : name.substr(dash + 1)});
    }
  std::sort(cases.begin(), cases.end(),
            [](const Case& a, const Case& b) { return a.folder < b.folder; });
  return cases;
}

void addWeighed(const rpc::Json& facts, protocol::PlanTree& plan) {
  const auto found = facts.find("weighed");
  if (found == facts.end()) return;
  std::size_t given = 0;
  int place = 0;
  plan::walk(plan.root, [&](protocol::PlanNode& node, protocol::PlanNode*, int) {
    const auto ways = found->find(std::to_string(place++));
    if (ways == found->end()) return;
    node.weighed.emplace();
    for (const rpc::Json& way : *ways) {
      rpc::DecodePath path("weighed");
      REQUIRE(protocol::decode(way, node.weighed->emplace_back(), path));
    }
    ++given;
  });
  CHECK(given == found->size());
}

/// The plan with what was known beside it.
protocol::PlanTree withFacts(const Case& one, protocol::PlanTree plan) {
  const fs::path file = one.folder / "facts.json";
  if (!fs::exists(file)) return plan;
  auto facts = rpc::parseJson(readFile(file));
  REQUIRE(facts);
  addWeighed(*facts, plan);
  facts->erase("weighed");
  rpc::Json whole = protocol::encode(plan);
  whole.update(*facts);
  rpc::DecodePath path("facts");
  REQUIRE(protocol::decode(whole, plan, path));
  return plan;
}

struct Goldens {
  std::string trees, findings;
  std::set<std::string> rules;  ///< that found something
};

Goldens read(const Case& one) {
  const auto plans = savedPlans(readFile(one.plan), {.engine = one.engine, .version = one.version});
  REQUIRE(plans);
  Goldens goldens;
  for (const protocol::PlanTree& saved : *plans) {
    protocol::PlanTree plan = withFacts(one, saved);
    CHECK(plan.warnings.empty());
    const bool recorded = plan.sql.empty();
    if (recorded) plan.sql = readFile(one.folder.parent_path() / "cases" / (one.name + ".sql"));
    auto result = plan::examine(std::move(plan));
    if (recorded) result.tree.sql.clear();  // it stands in cases/
    goldens.trees += plan::goldenTree(result.tree);
    goldens.findings += plan::goldenFindings(result.findings);
    for (const auto& finding : result.findings) goldens.rules.insert(finding.id);
  }
  return goldens;
}

void checkGolden(const fs::path& golden, const std::string& text) {
  if (std::getenv("UPDATE_GOLDEN")) std::ofstream(golden, std::ios::binary) << text;
  CHECK(text == readFile(golden));
}

}  // namespace

TEST_CASE("the library of plans is read and graded as before", "[plan][library]") {
  int count = 0;
  for (const auto& engine : engineFolders())
    for (const Case& one : casesOf(engine)) {
      INFO(one.folder.string());
      const Goldens goldens = read(one);
      checkGolden(one.folder / "tree.txt", goldens.trees);
      checkGolden(one.folder / "findings.txt", goldens.findings);
      ++count;
    }
  CHECK(count >= 40);
}

TEST_CASE("plan rules fire where the library says, and not at a near miss", "[plan][library]") {
  std::set<std::string> shown;
  for (const auto& engine : engineFolders()) {
    std::map<std::string, std::set<std::string>> found;  // rules, by folder
    for (const Case& one : casesOf(engine)) found[one.folder.filename().string()] = read(one).rules;
    // Lines of coverage.txt: RULE fires CASE near CASE.
    std::ifstream lines(engine / "coverage.txt");
    std::string rule, fires, fired, near, missed;
    while (lines >> rule >> fires >> fired >> near >> missed) {
      INFO(engine.string() + ": " + rule);
      REQUIRE(fires == "fires");
      REQUIRE(near == "near");
      REQUIRE(found.contains(fired));
      REQUIRE(found.contains(missed));
      CHECK(found[fired].contains(rule));
      CHECK_FALSE(found[missed].contains(rule));
      shown.insert(rule);
    }
  }
  for (const auto& entry : fs::directory_iterator(MYDBA_SOURCE_DIR "/native/src/plan/rules")) {
    if (entry.path().extension() != ".cpp") continue;
    INFO(entry.path().stem().string() + " has no plan in which it is seen to fire");
    CHECK(shown.contains(entry.path().stem().string()));
  }
}
