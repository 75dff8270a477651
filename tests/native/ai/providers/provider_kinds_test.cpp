// Which providers there are, where what they are sent ends up, and what they refuse to send.

#include <algorithm>

#include "native/ai/providers/contract.h"

using namespace mydba;
using namespace mydba::ai_tests;

TEST_CASE("every kind can be made, and is called as its provider", "[ai][providers]") {
  std::vector<std::string> ids;
  for (const ai::ProviderKind* kind : ai::providerKinds()) {
    ids.emplace_back(kind->id);
    ai::ProviderSettings settings;
    settings.editor = {.chat = [](const ai::ChatRequest&, const ai::ChatListener&,
                                  const CancelToken&) -> Result<ai::ChatReply> {
                         return ai::ChatReply{.text = "from the editor"};
                       },
                       .models = [](const CancelToken&) -> Result<std::vector<ai::ModelInfo>> {
                         return std::vector<ai::ModelInfo>{{.id = "copilot", .name = "Copilot"}};
                       }};
    const auto provider = ai::makeProvider(kind->id, settings);
    REQUIRE(provider);
    CHECK((*provider)->descriptor().id == kind->id);
    CHECK_FALSE(kind->description.empty());
    if (kind->id != "editor") continue;
    CHECK((*provider)->chat(question(), {}, {})->text == "from the editor");
    CHECK((*provider)->models({})->at(0).id == "copilot");
    CHECK((*provider)->descriptor().place == ai::ProviderPlace::editor);
  }
  CHECK(ids == std::vector<std::string>{"anthropic", "editor", "none", "ollama", "openai"});
}

TEST_CASE("what cannot be made says what to do", "[ai][providers]") {
  CHECK(ai::makeProvider("gpt", {}).error().hint.find("ollama") != std::string::npos);
  CHECK(ai::makeProvider("editor", {}).error().code == ErrorCode::unsupported);
  const auto misplaced = ai::makeProvider("openai", {.baseUrl = plantedKey});
  REQUIRE_FALSE(misplaced);
  CHECK(misplaced.error().message.find("planted") == std::string::npos);
}

TEST_CASE("no AI answers what to do, and asks nobody", "[ai][providers]") {
  const auto none = ai::makeProvider("none", {});
  REQUIRE(none);
  CHECK((*none)->descriptor().place == ai::ProviderPlace::nowhere);
  const auto reply = (*none)->chat(question(), {}, {});
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::unsupported);
  CHECK_FALSE(reply.error().hint.empty());
  CHECK((*none)->models({})->empty());
}

TEST_CASE("a provider knows whether it is local by its address", "[ai][providers]") {
  const auto placeOf = [](const std::string& url) {
    return (*ai::makeProvider("openai", {.baseUrl = url}))->descriptor().place;
  };
  for (const char* url : {"http://127.0.0.1:8080/v1", "http://localhost:1234", "https://10.1.2.3",
                          "http://[::1]:11434", "http://192.168.1.20:8000/v1"})
    CHECK(placeOf(url) == ai::ProviderPlace::local);
  for (const char* url : {"https://openrouter.ai/api/v1", "https://gpu.example.com",
                          "https://8.8.8.8", "https://localhost.example.com"})
    CHECK(placeOf(url) == ai::ProviderPlace::cloud);
}

TEST_CASE("what goes to the cloud goes there encrypted", "[ai][providers]") {
  const auto provider = ai::makeProvider("openai", {.baseUrl = "http://8.8.8.8/v1", .key = "k"});
  REQUIRE(provider);
  const auto reply = (*provider)->chat(question(), {}, {});
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::refused);
  CHECK(reply.error().hint == "use https");
}

TEST_CASE("what no API would take is not sent", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  AiFake fake(api, [&](int) { return streamed(api, api.stream({.deltas = {"ok"}})); });
  const auto provider = providerAt(api.id, fake.url());
  const auto refused = [&](const std::function<void(ai::ChatRequest&)>& spoil) {
    ai::ChatRequest request = question();
    spoil(request);
    const auto reply = provider->chat(request, {}, {});
    return !reply && reply.error().code == ErrorCode::invalidParams;
  };
  CHECK(refused([](auto& request) { request.model.clear(); }));
  CHECK(refused([](auto& request) { request.system = "\xff"; }));
  CHECK(refused([](auto& request) { request.messages.clear(); }));
  CHECK(refused([](auto& request) { request.messages[0].text = "\xc3("; }));
  CHECK(refused([](auto& request) { request.messages[0].text.clear(); }));
  CHECK(refused([](auto& request) { request.messages[0].toolCalls = {{.id = "a"}}; }));
  CHECK(refused([](auto& request) { request.maxOutputTokens = 0; }));
  CHECK(refused([](auto& request) { request.temperature = -1; }));
  CHECK(refused([](auto& request) { request.tools = {{.name = "a b", .inputSchema = "{}"}}; }));
  CHECK(refused([](auto& request) { request.tools = {{.name = "a", .inputSchema = "["}}; }));
  CHECK(fake.server().seen().empty());
}
