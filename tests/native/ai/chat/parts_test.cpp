#include "ai/chat/claims.h"
#include "ai/chat/memory.h"
#include "ai/chat/process_facts.h"
#include "ai/chat/recipe.h"
#include "native/catch.h"
#include "tools/tool.h"

namespace mydba::ai {
namespace {

protocol::ExplainResult planOfOrders() {
  protocol::ExplainResult plan;
  plan.tree.root.operation = "Seq Scan";
  plan.tree.root.category = protocol::PlanCategory::scan;
  plan.tree.root.relation = "orders";
  plan.tree.root.estimatedRows = 1200;
  plan.tree.relations.emplace();
  plan.tree.relations->push_back({.name = "orders", .indexes = {{{.name = "orders_by_date"}}}});
  return plan;
}

TEST_CASE("every chat command has a recipe, and its tools read", "[ai][chat]") {
  for (const std::string_view command :
       {"preamble", "ask", "analyze", "explain", "profile", "optimize", "schema", "processlist",
        "variables", "compare"}) {
    INFO(command);
    const auto recipe = findRecipe(command);
    REQUIRE(recipe);
    CHECK(recipe->text.text().size() > 100);
    CHECK(recipe->text.text().find("---") == std::string::npos);
    for (const std::string_view name : recipe->tools) {
      INFO(name);
      const tools::Tool* tool = tools::findTool(name);
      REQUIRE(tool);
      CHECK_FALSE(tool->writes);
    }
  }
  CHECK_FALSE(findRecipe("nosuch"));
}

TEST_CASE("what contradicts the plan is found, what does not is left alone", "[ai][chat]") {
  const std::vector plans = {planOfOrders()};
  CHECK(contradictions("It uses an index on orders.", plans).size() == 1);
  CHECK(contradictions("The server is using orders_by_date, an index.", plans).size() == 1);
  CHECK(contradictions("It reads 55,000 rows.", plans).size() == 1);
  for (const char* fine :
       {"It reads all of orders, about 1,200 rows.", "It does not use an index on orders.",
        "An index on orders could be used.", "orders is read by a full table scan.",
        "With 5 rows it would be quick.", "Then orders is read through the new index."}) {
    INFO(fine);
    CHECK(contradictions(fine, plans).empty());
  }
  CHECK(contradictions("It uses an index on orders.", {}).empty());
}

TEST_CASE("a memory comes back as it was written, and keeps ten turns", "[ai][chat]") {
  Memory memory{.connection = "c", .turns = {}};
  for (int i = 0; i < 12; ++i)
    memory.add(
        {.command = "ask",
         .text = "q" + std::to_string(i),
         .intent = "retrieve",
         .sql = i == 11 ? std::nullopt : std::optional<std::string>("SELECT " + std::to_string(i)),
         .tables = {"orders"}});
  const Memory read = readMemory(writeMemory(memory));
  REQUIRE(read.turns.size() == 10);
  CHECK(read.connection == "c");
  CHECK(read.turns.front().text == "q2");
  CHECK(read.turns.back().tables == std::vector<std::string>{"orders"});
  CHECK(read.lastSql() == "SELECT 10");
  for (const char* hostile : {"", "[]", "{\"turns\":5}", "{\"turns\":[1,{\"sql\":7}]}", "\xff{"})
    CHECK(readMemory(hostile).turns.size() <= 1);
}

TEST_CASE("the session at the root of a chain is the one that holds up the others", "[ai][chat]") {
  protocol::ProcessSnapshot snapshot;
  const auto add = [&](std::string id, std::vector<std::string> blockedBy) {
    protocol::Process process;
    process.id = std::move(id);
    process.active = true;
    process.blockedBy = std::move(blockedBy);
    snapshot.processes.push_back(std::move(process));
  };
  add("1", {});
  add("2", {"1"});
  add("3", {"2"});
  add("4", {"5"});
  add("5", {"4"});  // a deadlock that the server has not found yet
  for (const char* engine : {"postgres", "mysql", "mariadb"}) {
    INFO(engine);
    const auto findings = processFacts(snapshot, engine);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].title == "Session 1 holds up others");
    CHECK(findings[0].evidence.at(0).value == "2");
    CHECK_FALSE(findings[0].citation.url.empty());
  }
}

}  // namespace
}  // namespace mydba::ai
