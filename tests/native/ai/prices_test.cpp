#include "ai/prices.h"

#include <set>

#include "native/catch.h"

using namespace mydba;

namespace {

ai::ProviderDescriptor at(const std::string& address, ai::ProviderPlace place) {
  return {.id = "x", .name = "X", .address = address, .place = place};
}

const ai::ProviderDescriptor anthropic = at("https://api.anthropic.com", ai::ProviderPlace::cloud);

}  // namespace

TEST_CASE("every price has an official page and a date, and stands once", "[ai]") {
  CHECK(ai::prices().size() > 20);
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const ai::Price& price : ai::prices()) {
    INFO(price.model);
    CHECK(price.source.starts_with("https://"));
    CHECK(price.date.size() == 10);
    CHECK(price.input > 0);
    CHECK(price.output >= price.input);
    CHECK(price.output < 1000);
    CHECK(seen.insert({price.host, price.model}).second);
  }
}

TEST_CASE("a cost is estimated from both counts", "[ai]") {
  const ai::Price* price = ai::findPrice(anthropic, "claude-sonnet-4-5");
  REQUIRE(price);
  CHECK(*ai::estimatedCost(*price, {.inputTokens = 1'000'000, .outputTokens = 1'000'000}) ==
        Approx(18));
  CHECK_FALSE(ai::estimatedCost(*price, {.inputTokens = 1}));
  CHECK(
      ai::costInWords(anthropic, "claude-sonnet-4-5", {.inputTokens = 1000, .outputTokens = 100}) ==
      "about $0.0045 (estimate, prices of " + std::string(price->date) + ")");
  CHECK(ai::costInWords(anthropic, "claude-sonnet-4-5",
                        {.inputTokens = 100'000, .outputTokens = 1000})
            .starts_with("about $0.32 "));
}

TEST_CASE("no price is guessed", "[ai]") {
  const ai::Usage usage{.inputTokens = 1000, .outputTokens = 100};
  CHECK(ai::costInWords(anthropic, "claude-next", usage) == "price unknown");
  CHECK(ai::costInWords(anthropic, "claude-sonnet-4-5", {}) == "price unknown");
  const auto elsewhere = at("https://openrouter.ai", ai::ProviderPlace::cloud);
  CHECK(ai::costInWords(elsewhere, "claude-sonnet-4-5", usage) == "price unknown");
  CHECK(ai::costInWords(at("", ai::ProviderPlace::editor), "gpt-4o", usage) == "price unknown");
  CHECK(ai::costInWords(at("http://127.0.0.1:11434", ai::ProviderPlace::local), "gpt-4o", usage)
            .starts_with("no charge"));
}
