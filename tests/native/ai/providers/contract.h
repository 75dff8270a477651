#pragma once

// What the tests of providers share. What a provider must do whichever its API is runs on each
// API's fake; what is an API's own is tested in a file of its own.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ai/provider_kind.h"
#include "base/utf8.h"
#include "fakes/ai_api.h"
#include "native/catch.h"

namespace mydba::ai_tests {

using namespace std::chrono_literals;
using fakes::AiApi;
using fakes::AiFake;
using fakes::FakeAnswer;
using fakes::FakeReply;
using fakes::streamed;

inline const std::string plantedKey = "sk-planted-0123456789abcdef";

inline ai::RetryPolicy quick() { return {.attempts = 3, .firstWait = 1ms, .longestWait = 2000ms}; }

inline std::unique_ptr<ai::Provider> providerAt(const std::string& id, const std::string& url,
                                                ai::RetryPolicy retries = quick()) {
  ai::ProviderSettings settings{.baseUrl = url, .key = plantedKey, .retries = retries};
  settings.http.idleTimeout = 5s;
  auto provider = ai::makeProvider(id, settings);
  REQUIRE(provider);
  return std::move(*provider);
}

inline ai::ChatRequest question() {
  return {.model = "small",
          .system = "Answer briefly.",
          .messages = {{.role = ai::Role::user, .text = "Why is it slow?"}}};
}

/// What a listener was told.
struct Heard {
  std::string text;
  std::vector<ai::RetryNotice> retries;
  std::function<void()> onText;

  ai::ChatListener listener() {
    return {.text =
                [this](std::string_view delta) {
                  CHECK_FALSE(delta.empty());
                  CHECK(validUtf8(delta));
                  text += delta;
                  if (onText) onText();
                },
            .retry = [this](const ai::RetryNotice& notice) { retries.push_back(notice); }};
  }
};

inline void checkNoKey(const Error& error) {
  for (const std::string& text : {error.message, error.hint, error.engineCode})
    CHECK(text.find("planted") == std::string::npos);
}

/// The error of a chat that must fail.
inline Error failureOf(ai::Provider& provider, Heard& heard, const CancelToken& cancel = {}) {
  const auto reply = provider.chat(question(), heard.listener(), cancel);
  REQUIRE_FALSE(reply);
  CHECK_FALSE(reply.error().message.empty());
  checkNoKey(reply.error());
  for (const ai::RetryNotice& notice : heard.retries) checkNoKey(notice.cause);
  return reply.error();
}

inline Error failureOf(const AiApi& api, const std::string& url) {
  Heard heard;
  return failureOf(*providerAt(api.id, url), heard);
}

inline const AiApi& anyApi() {
  return fakes::aiApis()[static_cast<std::size_t>(GENERATE(0, 1, 2))];
}

inline const std::vector<std::string> deltas = {
    "The index ", "on `größe` ",       "is missing — ",
    "数据库",     " \xf0\x9f\x90\x98", "\nline two\t\"quoted\" \\ ",
    "."};

inline std::string joined(const std::vector<std::string>& parts) {
  std::string whole;
  for (const std::string& part : parts) whole += part;
  return whole;
}

}  // namespace mydba::ai_tests
