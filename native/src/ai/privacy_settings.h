#pragma once

// What the user has allowed.

#include <cstdint>
#include <string>
#include <vector>

#include "ai/provider.h"
#include "ai/redact/conversation.h"
#include "ai/redact/schema_part.h"

namespace mydba::ai {

/// The user agreed that text is sent to a provider. It is about an address: a consent to a model on
/// this machine says nothing about one elsewhere.
struct Consent {
  std::string provider;  ///< ProviderDescriptor.id
  std::string address;   ///< ProviderDescriptor.address
  std::string at;        ///< UTC, ISO 8601
};

/// A value. As it is made, nothing may be sent.
struct PrivacySettings {
  bool enabled = false;  ///< the master switch
  std::vector<Consent> consents;
  NamePolicy names = NamePolicy::keep;
  SchemaExtent schema = SchemaExtent::names;
  bool sendHistory = true;  ///< earlier turns of the conversation
  bool confirmBeforeSend = false;
};

/// Whether text may be sent to that provider; `refused` with what to do.
Result<void> mayAsk(const PrivacySettings& settings, const ProviderDescriptor& provider);

}  // namespace mydba::ai
