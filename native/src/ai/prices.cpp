#include "ai/prices.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cstdio>
#include <vector>

#include "base/embedded.h"
#include "net/http_url.h"

namespace mydba::ai {
namespace {

/// The words of a line, up to its comment.
std::vector<std::string_view> wordsOf(std::string_view line) {
  line = line.substr(0, line.find('#'));
  std::vector<std::string_view> words;
  for (;;) {
    const std::size_t start = line.find_first_not_of(" \t\r");
    if (start == std::string_view::npos) return words;
    line.remove_prefix(start);
    const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

double number(std::string_view text) {
  double value = -1;
  [[maybe_unused]] const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  assert(error == std::errc() && end == text.data() + text.size() && value >= 0);
  return value;
}

std::vector<Price> read(std::string_view text) {
  std::vector<Price> found;
  Price at;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const auto words = wordsOf(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (words.empty()) continue;
    if (words.size() == 1 && words[0].starts_with('[') && words[0].ends_with(']')) {
      at = {.host = words[0].substr(1, words[0].size() - 2)};
      continue;
    }
    assert(words.size() == 3 && !at.host.empty());
    if (words[0] == "source") {
      at.source = words[1];
      at.date = words[2];
      continue;
    }
    Price price = at;
    price.model = words[0];
    price.input = number(words[1]);
    price.output = number(words[2]);
    found.push_back(price);
  }
  return found;
}

}  // namespace

std::span<const Price> prices() {
  static const std::vector<Price> all = read(embeddedFile("native/src/ai/data/prices.txt"));
  return all;
}

const Price* findPrice(const ProviderDescriptor& provider, std::string_view model) {
  const auto url = net::parseHttpUrl(provider.address);
  if (!url) return nullptr;
  for (const Price& price : prices())
    if (price.host == url->host && price.model == model) return &price;
  return nullptr;
}

std::optional<double> estimatedCost(const Price& price, const Usage& usage) {
  if (!usage.inputTokens || !usage.outputTokens) return std::nullopt;
  return (static_cast<double>(*usage.inputTokens) * price.input +
          static_cast<double>(*usage.outputTokens) * price.output) /
         1e6;
}

std::string costInWords(const ProviderDescriptor& provider, std::string_view model,
                        const Usage& usage) {
  if (provider.place == ProviderPlace::local)
    return "no charge: it runs on this machine or in your network";
  const Price* price = findPrice(provider, model);
  const auto cost = price ? estimatedCost(*price, usage) : std::nullopt;
  if (!cost) return "price unknown";
  std::array<char, 64> amount{};
  std::snprintf(amount.data(), amount.size(), *cost < 0.1 ? "%.4f" : "%.2f", *cost);
  return std::string("about $") + amount.data() + " (estimate, prices of " +
         std::string(price->date) + ")";
}

}  // namespace mydba::ai
