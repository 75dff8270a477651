// What is Anthropic's own.

#include <nlohmann/json.hpp>

#include "native/ai/providers/contract.h"

using namespace mydba;
using namespace mydba::ai_tests;
using Json = nlohmann::json;

namespace {

const AiApi& api() { return fakes::aiApi("anthropic"); }

}  // namespace

TEST_CASE("a request is one of the Messages API", "[ai][providers]") {
  AiFake fake(api(), [](int) { return streamed(api(), api().stream({.deltas = {"ok"}})); });
  ai::ChatRequest request = question();
  request.temperature = 1.5;
  request.tools = {{.name = "one", .description = "d", .inputSchema = R"({"type":"object"})"}};
  request.messages.push_back(
      {.role = ai::Role::assistant,
       .text = "Looking.",
       .toolCalls = {{.id = "a", .name = "one", .arguments = R"({"x":1})"}}});
  request.messages.push_back({.role = ai::Role::user,
                              .text = "and now?",
                              .toolResults = {{.callId = "a", .text = "1", .isError = true}}});
  REQUIRE(providerAt("anthropic", fake.url() + "/v1")->chat(request, {}, {}));
  const auto seen = fake.chats().at(0);
  CHECK(seen.path == "/v1/messages");
  CHECK(seen.header("anthropic-version") == "2023-06-01");
  const Json body = Json::parse(seen.body);
  CHECK(body.at("system") == "Answer briefly.");
  CHECK(body.at("max_tokens") == 4096);
  CHECK(body.at("temperature") == 1.0);
  CHECK(body.at("tools").at(0).at("input_schema") == Json{{"type", "object"}});
  const Json& messages = body.at("messages");
  REQUIRE(messages.size() == 3);
  CHECK(messages[1].at("content").at(1) ==
        Json{{"type", "tool_use"}, {"id", "a"}, {"name", "one"}, {"input", {{"x", 1}}}});
  CHECK(messages[2].at("content").at(0) ==
        Json{{"type", "tool_result"}, {"tool_use_id", "a"}, {"content", "1"}, {"is_error", true}});
  CHECK(messages[2].at("content").at(1) == Json{{"type", "text"}, {"text", "and now?"}});
}

TEST_CASE("events of a kind that is not known are passed over", "[ai][providers]") {
  AiFake fake(api(), [](int) {
    return streamed(api(), "event: future\ndata: {\"type\": \"future\", \"delta\": 1}\n\n" +
                               api().stream({.deltas = {"text"}}));
  });
  const auto reply = providerAt("anthropic", fake.url())->chat(question(), {}, {});
  REQUIRE(reply);
  CHECK(reply->text == "text");
}

TEST_CASE("an overloaded service may say so in the middle", "[ai][providers]") {
  AiFake fake(api(), [](int) { return streamed(api(), api().errorInStream("Overloaded")); });
  const Error error = failureOf(api(), fake.url());
  CHECK(error.engineCode == "529 overloaded_error");
  CHECK(error.retryable);
}

TEST_CASE("Anthropic is not asked without a key", "[ai][providers]") {
  auto provider = ai::makeProvider("anthropic", {});
  REQUIRE(provider);
  CHECK((*provider)->descriptor().place == ai::ProviderPlace::cloud);
  CHECK((*provider)->chat(question(), {}, {}).error().code == ErrorCode::authFailed);
}
