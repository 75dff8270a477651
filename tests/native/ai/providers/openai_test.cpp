// What is OpenAI's own, and what servers that are like it do differently.

#include <nlohmann/json.hpp>

#include "native/ai/providers/contract.h"

using namespace mydba;
using namespace mydba::ai_tests;
using Json = nlohmann::json;

namespace {

const AiApi& api() { return fakes::aiApi("openai"); }

std::string event(const std::string& json) { return "data: " + json + "\n\n"; }

Result<ai::ChatReply> replyTo(const std::string& events) {
  AiFake fake(api(), [&](int) { return streamed(api(), events); });
  return providerAt("openai", fake.url())->chat(question(), {}, {});
}

/// What a server sees of a chat and of a look at the models, by what settings.
std::vector<fakes::SeenRequest> seenBy(const std::string& path, ai::ProviderSettings settings) {
  fakes::HttpFake fake(
      [](const fakes::SeenRequest&) { return streamed(api(), api().stream({.deltas = {"ok"}})); });
  settings.baseUrl = fake.url() + path;
  auto provider = ai::makeProvider("openai", settings);
  REQUIRE(provider);
  REQUIRE((*provider)->chat(question(), {}, {}));
  return fake.seen();
}

}  // namespace

TEST_CASE("the address is taken as people give it", "[ai][providers]") {
  CHECK(seenBy("", {}).at(0).path == "/v1/chat/completions");
  CHECK(seenBy("/", {}).at(0).path == "/v1/chat/completions");
  CHECK(seenBy("/v1", {}).at(0).path == "/v1/chat/completions");
  CHECK(seenBy("/api/v1/", {}).at(0).path == "/api/v1/chat/completions");
}

TEST_CASE("a local server needs no key", "[ai][providers]") {
  const auto seen = seenBy("/v1", {}).at(0);
  CHECK(seen.header("authorization").empty());
  CHECK(Json::parse(seen.body).at("max_tokens") == 4096);
}

TEST_CASE("Azure is asked by deployment, version and its own header", "[ai][providers]") {
  const ai::ProviderSettings azure{.key = plantedKey, .apiVersion = "2024-10-21"};
  auto seen = seenBy("", azure).at(0);
  CHECK(seen.path == "/openai/deployments/small/chat/completions?api-version=2024-10-21");
  CHECK(seen.header("api-key") == plantedKey);
  CHECK(seen.header("authorization").empty());
  CHECK(Json::parse(seen.body).at("max_completion_tokens") == 4096);
  seen = seenBy("/openai/deployments/named", azure).at(0);
  CHECK(seen.path == "/openai/deployments/named/chat/completions?api-version=2024-10-21");
  auto provider = ai::makeProvider(
      "openai", {.baseUrl = "https://corp.openai.azure.com", .key = "k", .apiVersion = "1"});
  REQUIRE(provider);
  CHECK((*provider)->descriptor().name == "Azure OpenAI");
  CHECK((*provider)->models({}).error().hint.find("deployment") != std::string::npos);
}

TEST_CASE("Azure's chunks without choices are passed over", "[ai][providers]") {
  const auto reply =
      replyTo(event(R"({"choices":[],"model":"","prompt_filter_results":[{"prompt_index":0}]})") +
              api().stream({.deltas = {"text"}}));
  REQUIRE(reply);
  CHECK(reply->text == "text");
}

TEST_CASE("comments that keep a stream alive are no answer", "[ai][providers]") {
  const auto reply = replyTo(": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n" +
                             api().stream({.deltas = {"text"}}));
  REQUIRE(reply);
  CHECK(reply->text == "text");
}

TEST_CASE("an error in a chunk is known by its number", "[ai][providers]") {
  const auto reply =
      replyTo(event(R"({"error":{"code":429,"message":"upstream is busy"},"choices":[)"
                    R"({"delta":{"content":""},"finish_reason":"error"}]})"));
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::refused);
  CHECK(reply.error().engineCode == "429");
}

TEST_CASE("an answer that was given its reason to stop is whole without [DONE]",
          "[ai][providers]") {
  const auto reply =
      replyTo(event(R"({"choices":[{"delta":{"content":"text"},"finish_reason":"stop"}]})"));
  REQUIRE(reply);
  CHECK(reply->text == "text");
  CHECK_FALSE(reply->usage.inputTokens);
  CHECK_FALSE(reply->usage.outputTokens);
}

TEST_CASE("calls are told apart without an index, and arguments may be an object",
          "[ai][providers]") {
  const auto call = [](const std::string& id, const std::string& name, const std::string& value) {
    return event(R"({"choices":[{"delta":{"tool_calls":[{"id":")" + id +
                 R"(","type":"function","function":{"name":")" + name + R"(","arguments":)" +
                 value + "}}]}}]}");
  };
  const auto reply =
      replyTo(call("a", "one", R"({"x":1})") + call("b", "two", R"("{}")") + call("", "", R"("")") +
              event(R"({"choices":[{"delta":{},"finish_reason":"stop"}]})"));
  REQUIRE(reply);
  REQUIRE(reply->toolCalls.size() == 2);
  CHECK(reply->toolCalls[0].arguments == R"({"x":1})");
  CHECK(reply->toolCalls[1].name == "two");
  CHECK(reply->toolCalls[1].arguments == "{}");
  CHECK(reply->stop == ai::StopReason::toolCalls);
}

TEST_CASE("more calls than anyone would make are refused", "[ai][providers]") {
  const auto reply = replyTo(
      event(R"({"choices":[{"delta":{"tool_calls":[{"index":4000000000,"function":{}}]}}]})"));
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::tooLarge);
}

TEST_CASE("a refusal is told as what it is", "[ai][providers]") {
  const auto reply =
      replyTo(event(R"({"choices":[{"delta":{"refusal":"I can't."},"finish_reason":"stop"}]})") +
              event("[DONE]"));
  REQUIRE(reply);
  CHECK(reply->text == "I can't.");
  CHECK(reply->stop == ai::StopReason::filtered);
}

TEST_CASE("a conversation that is too long says so", "[ai][providers]") {
  AiFake fake(api(), [](int) {
    return FakeAnswer{.status = 400,
                      .pieces = {R"({"error":{"message":"This model's maximum context length is)"
                                 R"( 8192 tokens","code":"context_length_exceeded"}})"}};
  });
  CHECK(failureOf(api(), fake.url()).code == ErrorCode::tooLarge);
}

TEST_CASE("results stand right behind the calls they answer", "[ai][providers]") {
  AiFake fake(api(), [](int) { return streamed(api(), api().stream({.deltas = {"ok"}})); });
  ai::ChatRequest request = question();
  request.messages.push_back(
      {.role = ai::Role::assistant, .toolCalls = {{.id = "a", .name = "one", .arguments = "{}"}}});
  request.messages.push_back({.role = ai::Role::user,
                              .text = "and now?",
                              .toolResults = {{.callId = "a", .text = "1", .isError = true}}});
  REQUIRE(providerAt("openai", fake.url())->chat(request, {}, {}));
  const auto messages = Json::parse(fake.chats().at(0).body).at("messages");
  REQUIRE(messages.size() == 5);
  CHECK(messages[0] == Json{{"role", "system"}, {"content", "Answer briefly."}});
  CHECK(messages[2].at("tool_calls").at(0).at("function").at("arguments") == "{}");
  CHECK(messages[3] == Json{{"role", "tool"}, {"tool_call_id", "a"}, {"content", "Error: 1"}});
  CHECK(messages[4] == Json{{"role", "user"}, {"content", "and now?"}});
}

TEST_CASE("OpenAI itself is not asked without a key", "[ai][providers]") {
  auto provider = ai::makeProvider("openai", {.key = "  \n"});
  REQUIRE(provider);
  CHECK((*provider)->descriptor().address == "https://api.openai.com");
  CHECK((*provider)->descriptor().place == ai::ProviderPlace::cloud);
  CHECK((*provider)->chat(question(), {}, {}).error().code == ErrorCode::authFailed);
  CHECK((*provider)->models({}).error().code == ErrorCode::authFailed);
}
