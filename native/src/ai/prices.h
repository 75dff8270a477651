#pragma once

// What an answer cost, as an estimate, from the prices in data/prices.txt.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ai/provider.h"

namespace mydba::ai {

/// US dollars for a million tokens, without discounts and surcharges.
struct Price {
  std::string_view host;  ///< of the API whose models these are
  std::string_view model;
  double input = 0;
  double output = 0;
  std::string_view source;  ///< the official page
  std::string_view date;    ///< when it was read: `2026-11-22`
};

/// All that are known. Static storage duration; any thread.
std::span<const Price> prices();

/// The price of a model at a provider; null when it is not known. The same name at another address
/// is another product.
const Price* findPrice(const ProviderDescriptor& provider, std::string_view model);

/// Dollars; nothing when the provider did not count both input and output.
std::optional<double> estimatedCost(const Price& price, const Usage& usage);

/// For people: `about $0.0123 (estimate, prices of 2026-11-22)`, `price unknown`, `no charge: it
/// runs on this machine or in your network`.
std::string costInWords(const ProviderDescriptor& provider, std::string_view model,
                        const Usage& usage);

}  // namespace mydba::ai
