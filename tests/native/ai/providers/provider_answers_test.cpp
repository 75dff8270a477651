// What a service answers, on each API.

#include <nlohmann/json.hpp>

#include "base/wait.h"
#include "native/ai/providers/contract.h"

using namespace mydba;
using namespace mydba::ai_tests;

TEST_CASE("an answer arrives whole, however the network splits it", "[ai][providers]") {
  const AiApi& api = anyApi();
  const auto size = static_cast<std::size_t>(GENERATE(1, 2, 3, 7, 64, 1'000'000));
  INFO(api.id << " in pieces of " << size);
  AiFake fake(api, [&](int) { return streamed(api, api.stream({.deltas = deltas}), size); });
  Heard heard;
  const auto reply = providerAt(api.id, fake.url())->chat(question(), heard.listener(), {});
  REQUIRE(reply);
  CHECK(reply->text == joined(deltas));
  CHECK(heard.text == reply->text);
  CHECK(reply->toolCalls.empty());
  CHECK(reply->stop == ai::StopReason::end);
  CHECK(reply->usage.inputTokens == 25);
  CHECK(reply->usage.outputTokens == 15);
  CHECK(heard.retries.empty());
}

TEST_CASE("pieces are passed on while the answer is still coming", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  // The rest is never sent, so that a provider that waits for it would fail.
  AiFake fake(api, [&](int) {
    FakeAnswer answer = streamed(api, api.openStream({.deltas = {"first"}}));
    answer.end = FakeAnswer::End::hang;
    return answer;
  });
  CancelSource source;
  Heard heard;
  heard.onText = [&] { source.cancel(CancelReason::user); };
  const Error error = failureOf(*providerAt(api.id, fake.url()), heard, source.token());
  CHECK(error.code == ErrorCode::cancelled);
  CHECK(heard.text == "first");
}

TEST_CASE("the end of an answer is known though the connection stays open", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  AiFake fake(api, [&](int) {
    FakeAnswer answer = streamed(api, api.stream({.deltas = {"done"}}));
    answer.end = FakeAnswer::End::hang;
    return answer;
  });
  const auto start = Clock::now();
  const auto reply = providerAt(api.id, fake.url())->chat(question(), {}, {});
  REQUIRE(reply);
  CHECK(reply->text == "done");
  CHECK(millisecondsSince(start) < 3000);
}

TEST_CASE("tool calls are put together from their fragments", "[ai][providers]") {
  const AiApi& api = anyApi();
  const auto size = static_cast<std::size_t>(GENERATE(1, 5, 1'000'000));
  INFO(api.id << " in pieces of " << size);
  const FakeReply turn{
      .deltas = {"Let me look."},
      .calls = {{.id = "call_a",
                 .name = "describe",
                 .fragments = {"{\"ta", "ble\":\"or", "ders\"}"}},
                {.id = "call_b", .name = "explain", .fragments = {"{\"sql\":\"SELECT '\\\"'\"}"}}},
      .stop = "tools"};
  AiFake fake(api, [&](int) { return streamed(api, api.stream(turn), size); });
  const auto reply = providerAt(api.id, fake.url())->chat(question(), {}, {});
  REQUIRE(reply);
  CHECK(reply->stop == ai::StopReason::toolCalls);
  REQUIRE(reply->toolCalls.size() == 2);
  CHECK(reply->toolCalls[0].name == "describe");
  CHECK(nlohmann::json::parse(reply->toolCalls[0].arguments) ==
        nlohmann::json{{"table", "orders"}});
  CHECK(reply->toolCalls[1].name == "explain");
  CHECK(nlohmann::json::parse(reply->toolCalls[1].arguments) ==
        nlohmann::json{{"sql", "SELECT '\"'"}});
  CHECK_FALSE(reply->toolCalls[0].id.empty());
  CHECK(reply->toolCalls[0].id != reply->toolCalls[1].id);
  if (api.id != "ollama") CHECK(reply->toolCalls[0].id == "call_a");
}

TEST_CASE("a turn with calls and results is sent back so that the model sees both",
          "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  AiFake fake(api, [&](int) { return streamed(api, api.stream({.deltas = {"ok"}})); });
  ai::ChatRequest request = question();
  request.temperature = 0.5;
  request.maxOutputTokens = 700;
  request.tools = {
      {.name = "describe",
       .description = "Describes a table",
       .inputSchema = R"({"type":"object","properties":{"table":{"type":"string"}}})"}};
  request.messages.push_back(
      {.role = ai::Role::assistant,
       .toolCalls = {{.id = "call_a", .name = "describe", .arguments = R"({"table":"orders"})"},
                     {.id = "call_b", .name = "describe", .arguments = ""}}});
  request.messages.push_back(
      {.role = ai::Role::user,
       .toolResults = {{.callId = "call_a", .text = "12 columns"},
                       {.callId = "call_b", .text = "no", .isError = true}}});
  REQUIRE(providerAt(api.id, fake.url())->chat(request, {}, {}));
  const auto seen = fake.chats().at(0);
  CHECK(seen.path == api.chatPath);
  CHECK(seen.method == "POST");
  CHECK(seen.header("content-type") == "application/json");
  const auto body = nlohmann::json::parse(seen.body);
  CHECK(body.at("model") == "small");
  CHECK(body.at("stream") == true);
  const std::string text = body.dump();
  for (const char* part : {"Answer briefly.", "Why is it slow?", "Describes a table", "12 columns",
                           "orders", "700", "0.5"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("planted") == std::string::npos);
}

TEST_CASE("each way to stop is told", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  const auto stopOf = [&](const std::string& stop) {
    AiFake fake(api,
                [&](int) { return streamed(api, api.stream({.deltas = {"text"}, .stop = stop})); });
    const auto reply = providerAt(api.id, fake.url())->chat(question(), {}, {});
    REQUIRE(reply);
    return reply->stop;
  };
  CHECK(stopOf("length") == ai::StopReason::length);
  if (api.id != "ollama") CHECK(stopOf("filtered") == ai::StopReason::filtered);
}

TEST_CASE("a call that was cut off has no arguments", "[ai][providers]") {
  const AiApi& api = fakes::aiApi(GENERATE("openai", "anthropic"));
  const std::string fragment = GENERATE("{\"table\":\"or", "[1]", "nonsense");
  INFO(api.id << " " << fragment);
  const FakeReply turn{.calls = {{.id = "c", .name = "describe", .fragments = {fragment}}},
                       .stop = "length"};
  AiFake fake(api, [&](int) { return streamed(api, api.stream(turn)); });
  const auto reply = providerAt(api.id, fake.url())->chat(question(), {}, {});
  REQUIRE(reply);
  CHECK(reply->stop == ai::StopReason::length);
  REQUIRE(reply->toolCalls.size() == 1);
  CHECK(reply->toolCalls[0].arguments.empty());
}

TEST_CASE("a slow drip is waited for", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  AiFake fake(api, [&](int) {
    FakeAnswer answer = streamed(api, api.stream({.deltas = deltas}), 200);
    answer.between = 10ms;
    return answer;
  });
  const auto reply = providerAt(api.id, fake.url())->chat(question(), {}, {});
  REQUIRE(reply);
  CHECK(reply->text == joined(deltas));
}

TEST_CASE("the models are listed", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  AiFake fake(api, [&](int) { return FakeAnswer{.pieces = fakes::inPieces(api.models, 10)}; });
  const auto models = providerAt(api.id, fake.url())->models({});
  REQUIRE(models);
  REQUIRE(models->size() == 2);
  CHECK(models->at(0).id == "small");
  CHECK(models->at(0).name == (api.id == "anthropic" ? "Small" : "small"));
  CHECK_FALSE(models->at(0).contextTokens);
  CHECK(models->at(1).id == "large");
  if (api.id == "anthropic") CHECK(models->at(1).contextTokens == 200'000);
  if (api.id == "openai") CHECK(models->at(1).contextTokens == 32'768);
  CHECK(fake.server().seen().at(0).method == "GET");
}

TEST_CASE("the key goes into the header that the API reads, and nowhere else", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  AiFake fake(api, [&](int) { return streamed(api, api.stream({.deltas = {"ok"}})); });
  REQUIRE(providerAt(api.id, fake.url())->chat(question(), {}, {}));
  const auto seen = fake.chats().at(0);
  const bool own = api.id == "anthropic";
  CHECK(seen.header(own ? "x-api-key" : "authorization") ==
        (own ? plantedKey : "Bearer " + plantedKey));
  int places = 0;
  for (const auto& [name, value] : seen.headers)
    if (value.find(plantedKey) != std::string::npos) ++places;
  CHECK(places == 1);
  CHECK(seen.path.find("planted") == std::string::npos);
  CHECK(seen.body.find("planted") == std::string::npos);
}
