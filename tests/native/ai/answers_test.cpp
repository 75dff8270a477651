#include "ai/answers.h"

#include "native/catch.h"

using mydba::ai::processesAnswer;
using mydba::protocol::Process;

namespace {

Process session(std::string id, std::string state) {
  return Process{.id = std::move(id), .state = std::move(state)};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a process list names who runs what, and who waits for whom") {
  Process waiting = session("7", "active");
  waiting.user = "anna";
  waiting.active = true;
  waiting.seconds = 12.4;
  waiting.sql = "DELETE FROM orders";
  waiting.blockedBy = {"8", "9"};
  Process idle = session("8", "idle");
  idle.user = "shop";
  idle.seconds = 3000;
  idle.sql = "COMMIT";
  Process own = session("9", "active");
  own.active = own.own = true;
  own.sql = "SELECT 1";

  const std::string text = processesAnswer({.time = "", .processes = {waiting, idle, own}});
  CHECK(has(text, "**3 sessions**, 1 running a statement, 1 waiting"));
  CHECK(has(text, "- **7** · anna · active · 12 s · waits for 8, 9  \n  DELETE FROM orders\n"));
  CHECK(has(text, "- **8** · shop · idle\n"));
  CHECK(has(text, "- **9** · MyDBA itself\n"));
  CHECK_FALSE(has(text, "COMMIT"));
}

TEST_CASE("what others run cannot shape the process list") {
  Process hostile = session("1", "active");
  hostile.active = true;
  hostile.user = "**bold**\n- **2**";
  hostile.sql = "<img src=x>\n\n# heading";
  const std::string text = processesAnswer({.time = "", .processes = {hostile}});
  CHECK_FALSE(has(text, "**bold**"));
  CHECK(has(text, "\\<img"));
  CHECK_FALSE(has(text, "\n#"));
  CHECK_FALSE(has(text, "\n- **2**"));
}

TEST_CASE("a long process list is cut, and says so") {
  mydba::protocol::ProcessSnapshot snapshot;
  for (int i = 0; i < 30; ++i) snapshot.processes.push_back(session(std::to_string(i), "idle"));
  CHECK(has(processesAnswer(snapshot), "… and 10 more."));
}
