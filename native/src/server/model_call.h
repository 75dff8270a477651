#pragma once

// The way from one request of the editor to a model.
//
// It is made with the settings of now and lives as long as the request: the key is asked for when
// it is needed, and forgotten with it. The user is asked through the editor, where he wants to see
// what leaves.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ai/provider.h"
#include "ai/sender.h"
#include "server/call.h"
#include "store/sent_log.h"

namespace mydba::server {

/// Must not outlive the call.
class ModelCall {
 public:
  /// Asks the editor for the key, if the provider wants one. Errors: `refused` where nothing may be
  /// asked, with what to do; `io` (no log); `invalidParams` (address).
  static Result<std::unique_ptr<ModelCall>> make(Call& call);

  const ai::Sender& sender() const { return *sender_; }
  const protocol::AiSettings& settings() const { return settings_; }
  const ai::ProviderDescriptor& provider() const { return provider_->descriptor(); }

 private:
  ModelCall() = default;

  protocol::AiSettings settings_;
  std::unique_ptr<ai::Provider> provider_;
  std::shared_ptr<store::SentLog> log_;
  std::optional<ai::Sender> sender_;
};

/// Hosts, users, files and names of all connections: what never leaves, whoever wrote it.
std::vector<std::string> privateWords(const Server& server);

}  // namespace mydba::server
