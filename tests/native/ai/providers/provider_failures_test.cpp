// What goes wrong with a service, on each API.

#include <future>

#include "base/wait.h"
#include "fakes/raw_server.h"
#include "native/ai/providers/contract.h"

using namespace mydba;
using namespace mydba::ai_tests;

TEST_CASE("every error of an API becomes one to act on", "[ai][providers]") {
  struct Case {
    int status;
    ErrorCode code;
    bool retryable;
  };
  const Case expected =
      GENERATE(Case{400, ErrorCode::invalidParams, false}, Case{401, ErrorCode::authFailed, false},
               Case{403, ErrorCode::refused, false}, Case{404, ErrorCode::unsupported, false},
               Case{408, ErrorCode::timeout, true}, Case{429, ErrorCode::refused, true},
               Case{500, ErrorCode::server, true}, Case{529, ErrorCode::server, true});
  const AiApi& api = anyApi();
  INFO(api.id << " " << expected.status);
  AiFake fake(api, [&](int) {
    return FakeAnswer{.status = expected.status,
                      .pieces = {api.error(expected.status, "what failed, with " + plantedKey)}};
  });
  Heard heard;
  const Error error = failureOf(*providerAt(api.id, fake.url()), heard);
  CHECK(error.code == expected.code);
  CHECK(error.retryable == expected.retryable);
  CHECK(error.engineCode.starts_with(std::to_string(expected.status)));
  CHECK_FALSE(error.hint.empty());
  CHECK(error.message.find("127.0.0.1") != std::string::npos);
  CHECK((error.message.find("what failed, with ***") != std::string::npos) ==
        (expected.status != 401));
  CHECK(heard.text.empty());
  CHECK(fake.chats().size() == (expected.retryable ? 3 : 1));
  CHECK(heard.retries.size() == (expected.retryable ? 2 : 0));
}

TEST_CASE("a service that recovers is answered by", "[ai][providers]") {
  const AiApi& api = anyApi();
  const int status = GENERATE(408, 429, 500, 502, 503, 529);
  INFO(api.id << " " << status);
  AiFake fake(api, [&](int number) {
    if (number == 1) return FakeAnswer{.status = status, .pieces = {api.error(status, "not now")}};
    return streamed(api, api.stream({.deltas = {"back"}}));
  });
  Heard heard;
  const auto reply = providerAt(api.id, fake.url())->chat(question(), heard.listener(), {});
  REQUIRE(reply);
  CHECK(reply->text == "back");
  REQUIRE(heard.retries.size() == 1);
  CHECK(heard.retries[0].attempt == 2);
  CHECK(fake.chats().at(0).body == fake.chats().at(1).body);
}

TEST_CASE("Retry-After is obeyed, in seconds and as a date, up to what anyone would wait",
          "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  const auto waitFor = [&](const std::string& value) {
    AiFake fake(api, [&](int number) {
      if (number == 1)
        return FakeAnswer{.status = 429,
                          .headers = {{"Retry-After", value}},
                          .pieces = {api.error(429, "slow down")}};
      return streamed(api, api.stream({.deltas = {"back"}}));
    });
    Heard heard;
    const auto reply = providerAt(api.id, fake.url())->chat(question(), heard.listener(), {});
    if (reply) return heard.retries.at(0).wait;
    CHECK(heard.retries.empty());
    CHECK(reply.error().hint.find("try again in") != std::string::npos);
    return std::chrono::milliseconds(-1);
  };
  CHECK(waitFor("1") == 1000ms);
  CHECK(waitFor("0") == 0ms);
  CHECK(waitFor("Wed, 21 Oct 2015 07:28:00 GMT") == 0ms);  // passed long ago
  CHECK(waitFor("3600") == -1ms);
  CHECK(waitFor("Fri, 31 Dec 2100 23:59:59 GMT") == -1ms);
}

TEST_CASE("an account without credit is not asked again", "[ai][providers]") {
  AiFake fake(fakes::aiApi("openai"), [](int) {
    return FakeAnswer{.status = 429,
                      .pieces = {R"({"error":{"message":"You exceeded your current quota",)"
                                 R"("type":"insufficient_quota","code":"insufficient_quota"}})"}};
  });
  Heard heard;
  const Error error = failureOf(*providerAt("openai", fake.url()), heard);
  CHECK_FALSE(error.retryable);
  CHECK(error.hint.find("credit") != std::string::npos);
  CHECK(fake.chats().size() == 1);
}

TEST_CASE("a connection lost before the first byte is tried again, later ones are not",
          "[ai][providers]") {
  const AiApi& api = fakes::aiApi(GENERATE("openai", "anthropic"));
  INFO(api.id);
  SECTION("before") {
    fakes::RawServer server([](int connection) { fakes::readHead(connection); });
    Heard heard;
    const Error error = failureOf(*providerAt(api.id, server.url()), heard);
    CHECK(error.code == ErrorCode::connectionLost);
    CHECK(heard.retries.size() == 2);
  }
  SECTION("after") {
    AiFake fake(api, [&](int) {
      FakeAnswer answer = streamed(api, api.openStream({.deltas = {"half"}}));
      answer.end = FakeAnswer::End::cut;
      return answer;
    });
    Heard heard;
    const Error error = failureOf(*providerAt(api.id, fake.url()), heard);
    CHECK(error.code == ErrorCode::connectionLost);
    CHECK(heard.text == "half");
    CHECK(fake.chats().size() == 1);
  }
}

TEST_CASE("a stream that ends without its end is cut off", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  AiFake fake(api, [&](int) { return streamed(api, api.openStream({.deltas = {"half"}})); });
  Heard heard;
  const Error error = failureOf(*providerAt(api.id, fake.url()), heard);
  CHECK(error.code == ErrorCode::connectionLost);
  CHECK(error.message.find("cut off") != std::string::npos);
  CHECK(heard.text == "half");
}

TEST_CASE("an error in the middle of a stream ends the answer", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  AiFake fake(api, [&](int) {
    return streamed(api, api.openStream({.deltas = {"half"}}) +
                             api.errorInStream("it broke, with " + plantedKey));
  });
  Heard heard;
  const Error error = failureOf(*providerAt(api.id, fake.url()), heard);
  CHECK(error.code == ErrorCode::server);
  CHECK(error.message.find("it broke") != std::string::npos);
  CHECK(heard.text == "half");
  CHECK(fake.chats().size() == 1);
}

TEST_CASE("what is no answer of the API is refused", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  const bool events = api.id != "ollama";
  SECTION("a line without end") {
    AiFake fake(api, [&](int) {
      FakeAnswer answer{.contentType = api.contentType};
      answer.pieces.assign(300, std::string(10'000, 'x'));
      return answer;
    });
    CHECK(failureOf(api, fake.url()).code == ErrorCode::tooLarge);
  }
  SECTION("an event without end") {
    if (!events) return;
    AiFake fake(api, [&](int) {
      FakeAnswer answer{.contentType = api.contentType};
      answer.pieces.assign(300, "data: " + std::string(10'000, 'x') + "\n");
      return answer;
    });
    CHECK(failureOf(api, fake.url()).code == ErrorCode::tooLarge);
  }
  SECTION("wrong JSON") {
    for (const std::string wrong : {"{\"choices\":", "{'a':1}", "\xff\xfe", "nul"}) {
      AiFake fake(api,
                  [&](int) { return streamed(api, (events ? "data: " : "") + wrong + "\n\n"); });
      const Error error = failureOf(api, fake.url());
      INFO(wrong);
      CHECK(error.code == ErrorCode::server);
      CHECK(error.message.find("JSON") != std::string::npos);
    }
  }
  SECTION("JSON nested without end") {
    AiFake fake(api, [&](int) {
      return streamed(api, (events ? "data: " : "") + std::string(100'000, '[') + "\n\n");
    });
    CHECK(failureOf(api, fake.url()).code == ErrorCode::server);
  }
  SECTION("JSON of other types") {
    for (const std::string other :
         {"1", "[]", "null", "{\"choices\":{},\"usage\":[],\"type\":7,\"message\":\"x\"}",
          "{\"choices\":[{\"delta\":{\"content\":7,\"tool_calls\":{}}}],\"message\":{\"content\":[]"
          "}}",
          "{\"type\":\"content_block_delta\",\"index\":99999,\"delta\":{\"partial_json\":\"x\"}"
          "}"}) {
      AiFake fake(api,
                  [&](int) { return streamed(api, (events ? "data: " : "") + other + "\n\n"); });
      INFO(other);
      CHECK(failureOf(api, fake.url()).code == ErrorCode::connectionLost);
    }
  }
  SECTION("a page") {
    AiFake fake(api, [](int) {
      return FakeAnswer{.contentType = "text/html; charset=utf-8",
                        .pieces = {"<!doctype html><title>Sign in</title>"}};
    });
    const Error error = failureOf(api, fake.url());
    CHECK(error.code == ErrorCode::server);
    CHECK(error.message.find("web page") != std::string::npos);
  }
}

TEST_CASE("bytes that are not UTF-8 do not reach the listener", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  AiFake fake(api, [&](int) {
    return streamed(api, api.stream({.deltas = {"a\xff\xc3(", "b\xed\xa0\x80"}}));
  });
  Heard heard;
  const auto reply = providerAt(api.id, fake.url())->chat(question(), heard.listener(), {});
  REQUIRE(reply);
  CHECK(reply->text == "a\xef\xbf\xbd\xef\xbf\xbd(b\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("neither key nor question follows a redirect", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  fakes::HttpFake other([](const fakes::SeenRequest&) { return FakeAnswer{}; });
  AiFake fake(api, [&](int) {
    return FakeAnswer{.status = GENERATE_COPY(307, 308),
                      .headers = {{"Location", other.url() + api.chatPath}}};
  });
  const Error error = failureOf(api, fake.url());
  CHECK(error.code == ErrorCode::refused);
  CHECK(error.message.find("redirect") != std::string::npos);
  CHECK(other.seen().empty());
  CHECK(fake.chats().size() == 1);
}

TEST_CASE("a cancel ends a chat within 200 ms", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  CancelSource source;
  const auto timeToCancel = [&](const std::string& url, const std::function<bool()>& underWay,
                                ai::RetryPolicy retries) {
    Clock::time_point ended;
    auto failed = std::async(std::launch::async, [&] {
      const auto reply = providerAt(api.id, url, retries)->chat(question(), {}, source.token());
      ended = Clock::now();
      return reply ? ErrorCode::internal : reply.error().code;
    });
    CHECK(underWay());
    const auto asked = Clock::now();
    source.cancel(CancelReason::user);
    CHECK(failed.get() == ErrorCode::cancelled);
    return std::chrono::duration<double, std::milli>(ended - asked).count();
  };
  SECTION("of a service that says nothing") {
    fakes::RawServer silent([](int connection) { fakes::readToEnd(connection); });
    CHECK(timeToCancel(
              silent.url(), [&] { return silent.waitForConnection(); }, quick()) < 200);
  }
  const auto cancelled = [&](FakeAnswer answer) {
    AiFake fake(api, [&](int) { return answer; });
    // Ollama is first asked about the model.
    const int answers = api.id == "ollama" ? 2 : 1;
    const double time =
        timeToCancel(fake.url(), [&] { return fake.server().waitForAnswers(answers); },
                     {.attempts = 9, .firstWait = 60s, .longestWait = 60s, .allWaits = 600s});
    CHECK(time < 200);
    return fake.chats().size();
  };
  SECTION("in the middle of an answer") {
    FakeAnswer answer = streamed(api, api.openStream({.deltas = {"half"}}));
    answer.end = FakeAnswer::End::hang;
    cancelled(answer);
  }
  SECTION("that drips") {
    FakeAnswer answer =
        streamed(api, api.openStream({.deltas = std::vector<std::string>(100, "x")}), 10);
    answer.between = 5ms;
    cancelled(answer);
  }
  SECTION("while it waits to try again") {
    CHECK(cancelled({.status = 503, .pieces = {api.error(503, "later")}}) == 1);
  }
}

TEST_CASE("silence ends with a time-out", "[ai][providers]") {
  const AiApi& api = anyApi();
  INFO(api.id);
  fakes::RawServer silent([](int connection) { fakes::readToEnd(connection); });
  ai::ProviderSettings settings{.baseUrl = silent.url(), .key = plantedKey, .retries = quick()};
  settings.http.idleTimeout = 50ms;
  auto provider = ai::makeProvider(api.id, settings);
  REQUIRE(provider);
  Heard heard;
  CHECK(failureOf(**provider, heard).code == ErrorCode::timeout);
}

TEST_CASE("a list of models that is none is an error", "[ai][providers]") {
  const AiApi& api = anyApi();
  const std::string wrong = GENERATE("{}", "[]", "{\"data\":7,\"models\":7}", "not JSON");
  INFO(api.id << " " << wrong);
  AiFake fake(api, [&](int) { return FakeAnswer{.pieces = {wrong}}; });
  const auto models = providerAt(api.id, fake.url())->models({});
  REQUIRE_FALSE(models);
  CHECK(models.error().code == ErrorCode::server);
  AiFake refusing(api, [&](int) {
    return FakeAnswer{.status = 401, .pieces = {api.error(401, "wrong key " + plantedKey)}};
  });
  const auto refused = providerAt(api.id, refusing.url())->models({});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::authFailed);
  checkNoKey(refused.error());
}
