#pragma once

// The providers that there are. A file of providers/ is one; scripts/gen lists them.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ai/provider.h"
#include "ai/retry.h"
#include "net/http_client.h"

namespace mydba::ai {

/// The editor's own models, which only the editor can ask. The functions are called on the thread
/// of Provider::chat and Provider::models, and keep their promises.
struct EditorModels {
  std::function<Result<ChatReply>(const ChatRequest&, const ChatListener&, const CancelToken&)>
      chat;
  std::function<Result<std::vector<ModelInfo>>(const CancelToken&)> models;
};

/// How a provider is reached. Each kind takes what it needs.
struct ProviderSettings {
  std::string baseUrl;  ///< empty: the kind's own address
  std::string key;      ///< secret; blanks around it do not count
  /// Azure's `api-version`; the model is then the name of a deployment.
  std::string apiVersion;
  net::HttpOptions http;
  RetryPolicy retries;
  EditorModels editor;
};

enum class KeyUse { none, optional, required };

struct ProviderKind {
  std::string_view id;           ///< as ProviderDescriptor.id
  std::string_view name;         ///< for people
  std::string_view description;  ///< one line for who has to choose
  std::string_view defaultUrl;   ///< empty: is not reached by a URL
  KeyUse key = KeyUse::none;
  /// Connects to nothing. Errors: `invalidParams`.
  Result<std::unique_ptr<Provider>> (*make)(const ProviderSettings& settings);
};

/// Sorted by id.
std::span<const ProviderKind* const> providerKinds();

/// Makes the provider of a kind. Errors: `invalidParams`, also for an id that is not known.
Result<std::unique_ptr<Provider>> makeProvider(std::string_view id,
                                               const ProviderSettings& settings);

}  // namespace mydba::ai
