// What is Ollama's own.

#include <nlohmann/json.hpp>

#include "native/ai/providers/contract.h"

using namespace mydba;
using namespace mydba::ai_tests;
using Json = nlohmann::json;

namespace {

const AiApi& api() { return fakes::aiApi("ollama"); }

}  // namespace

TEST_CASE("a model of Ollama's cloud is not asked through this machine", "[ai][providers]") {
  fakes::HttpFake fake([](const fakes::SeenRequest&) {
    return FakeAnswer{
        .pieces = {R"({"remote_model":"far","remote_host":"https://ollama.com:443"})"}};
  });
  const auto provider = providerAt("ollama", fake.url());
  CHECK(provider->descriptor().place == ai::ProviderPlace::local);
  Heard heard;
  const Error error = failureOf(*provider, heard);
  CHECK(error.code == ErrorCode::refused);
  REQUIRE(fake.seen().size() == 1);
  CHECK(fake.seen()[0].path == "/api/show");
  CHECK(fake.seen()[0].body.find("slow") == std::string::npos);
}

TEST_CASE("the window fits the conversation", "[ai][providers]") {
  AiFake fake(api(), [](int) { return streamed(api(), api().stream({.deltas = {"ok"}})); });
  const auto windowOf = [&](std::size_t bytes, std::int64_t tokens) {
    ai::ChatRequest request = question();
    request.messages[0].text = std::string(bytes, 'x');
    request.maxOutputTokens = tokens;
    REQUIRE(providerAt("ollama", fake.url())->chat(request, {}, {}));
    const Json options = Json::parse(fake.chats().back().body).at("options");
    CHECK(options.at("num_predict") == tokens);
    return options.at("num_ctx").get<int>();
  };
  CHECK(windowOf(10, 1000) == 4096);
  CHECK(windowOf(10, 4096) == 8192);
  CHECK(windowOf(60'000, 1000) == 32'768);
  CHECK(windowOf(500'000, 1000) == 131'072);
}

TEST_CASE("a result names its tool, and calls get ids that are new", "[ai][providers]") {
  AiFake fake(api(), [](int) {
    return streamed(
        api(), api().stream({.calls = {{.id = "", .name = "two", .fragments = {"{\"x\":1}"}}}}));
  });
  ai::ChatRequest request = question();
  request.messages.push_back(
      {.role = ai::Role::assistant,
       .toolCalls = {{.id = "call_1", .name = "one", .arguments = R"({"y":2})"}}});
  request.messages.push_back(
      {.role = ai::Role::user, .toolResults = {{.callId = "call_1", .text = "1"}}});
  const auto reply = providerAt("ollama", fake.url() + "/api")->chat(request, {}, {});
  REQUIRE(reply);
  REQUIRE(reply->toolCalls.size() == 1);
  CHECK(reply->toolCalls[0].id == "call_2");
  CHECK(reply->stop == ai::StopReason::toolCalls);
  const Json messages = Json::parse(fake.chats().at(0).body).at("messages");
  CHECK(messages.at(2).at("tool_calls").at(0).at("function").at("arguments") == Json{{"y", 2}});
  CHECK(messages.at(3) == Json{{"role", "tool"}, {"tool_name", "one"}, {"content", "1"}});
}

TEST_CASE("Ollama that does not run is an error, and nothing else is asked", "[ai][providers]") {
  auto provider = ai::makeProvider("ollama", {.baseUrl = "http://127.0.0.1:1"});
  REQUIRE(provider);
  const auto reply = (*provider)->chat(question(), {}, {});
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::connectFailed);
  CHECK(reply.error().hint.find("runs") != std::string::npos);
}
