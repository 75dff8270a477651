#include "ai/variables_answer.h"

#include <algorithm>

#include "native/catch.h"

using namespace mydba;

namespace {

using protocol::Variable;
using protocol::VariableChange;
using protocol::VariableScope;

protocol::VariableList settings() {
  protocol::VariableList list;
  Variable buffers{.name = "shared_buffers", .value = "16384"};
  buffers.unit = "8kB";
  buffers.initial = "1024";
  buffers.minimum = "16";
  buffers.maximum = "1073741823";
  buffers.scope = VariableScope::server;
  buffers.changes = VariableChange::restart;
  buffers.source = "configuration file";
  buffers.pending = true;
  buffers.description = "Sets the number of *shared* memory buffers.";
  Variable level{.name = "wal_level", .value = "replica"};
  level.initial = "replica";
  level.choices = {"minimal", "replica", "logical"};
  level.changes = VariableChange::restart;
  level.source = "default";
  Variable preset{.name = "server_version", .value = "15.1"};
  preset.initial = "15";
  preset.changes = VariableChange::fixed;
  preset.source = "configuration file";
  list.variables = {buffers, preset, level};
  return list;
}

std::string answer(const protocol::VariableList& list, std::string_view wanted,
                   std::string_view engine) {
  return ai::variablesAnswer(list, wanted, engine, [](const protocol::Citation& citation) {
    return " <" + citation.anchor + ">";
  });
}

bool has(const std::string& text, std::string_view part) {
  INFO(text);
  INFO(part);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("one setting is explained, by its name or in a sentence", "[variables]") {
  for (const char* wanted :
       {"shared_buffers", "SHARED_BUFFERS", "what is shared_buffers?", "Raise shared_buffers."}) {
    const auto text = answer(settings(), wanted, "postgres");
    CHECK(has(text, R"(**shared\_buffers** is **128 MB** \(16384 × 8kB\).)") !=
          has(text, R"(**shared\_buffers** is **128 MB** (16384 × 8kB).)"));
    CHECK(has(text, "Initially: **8 MB**"));
    CHECK(has(text, "128 kB to 8 TB"));
    CHECK(has(text, "takes a restart"));
    CHECK(has(text, "waits for a restart"));
    CHECK(has(text, "configuration file"));
    CHECK(has(text, R"(number of \*shared\* memory)"));
    CHECK(has(text, "warning: shared\\_buffers is only 128 MB"));
    CHECK(has(text, " <postgres/"));
  }
  const auto level = answer(settings(), "wal_level", "postgres");
  CHECK(has(level, "minimal, replica, logical"));
  CHECK_FALSE(has(level, "Not as"));
}

TEST_CASE("without a name: what stands out, waits, and is not as it was built", "[variables]") {
  const auto text = answer(settings(), "", "postgres");
  CHECK(has(text, "**3 settings**."));
  CHECK(has(text, "**Wait for a restart**"));
  CHECK(has(text, "**Set by: configuration file**"));
  CHECK_FALSE(has(text, "server\\_version"));
  CHECK_FALSE(has(text, "wal\\_level"));
  CHECK(answer(settings(), "hello there", "postgres") == text);
  const auto some = answer(settings(), "wal", "postgres");
  CHECK(has(some, "wal\\_level: **replica**"));
  CHECK_FALSE(has(some, "shared"));
  CHECK(has(answer({}, "", "postgres"), "as the server was built"));
}

TEST_CASE("hostile settings stay text, and there are 40 of them at most", "[variables]") {
  protocol::VariableList list;
  for (int i = 0; i < 100; ++i) {
    Variable variable{.name = "name" + std::to_string(100 + i), .value = "[x](http://e.example)"};
    variable.initial = "<b>";
    variable.source = "![s](http://e.example)";
    list.variables.push_back(variable);
  }
  list.unavailable = {.what = "Settings *of* others", .reason = "no [right](http://e.example)"};
  for (const char* wanted : {"", "name", "name150"}) {
    const auto text = answer(list, wanted, "redis");
    CHECK_FALSE(has(text, "](http"));
    CHECK_FALSE(has(text, "<b>"));
    CHECK_FALSE(has(text, "*of*"));
    const auto items = std::count(text.begin(), text.end(), '\n');
    CHECK(items < 50);
  }
  CHECK(has(answer(list, "", "redis"), "and 60 more"));
}
