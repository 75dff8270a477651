#pragma once

// What the helper knows of models as a whole: the user's settings, what may be used, the log of
// what was sent.
//
// Nothing is sent before the client has configured it, and a provider is made for one call at a
// time (server/model_call.h), so that a key is asked for when it is needed and forgotten
// afterwards.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ai/budget.h"
#include "ai/privacy_settings.h"
#include "ai/provider.h"
#include "ai/provider_kind.h"
#include "base/mutex.h"
#include "store/sent_log.h"
#include "types.h"

namespace mydba::server {

/// Any thread.
class Assistant {
 public:
  /// `sentFile`: of the log; without one nothing can be sent.
  explicit Assistant(std::optional<std::string> sentFile);

  void configure(const protocol::AiSettings& settings) MYDBA_EXCLUDES(mutex_);
  protocol::AiSettings settings() const MYDBA_EXCLUDES(mutex_);
  /// Whether a model can be asked.
  protocol::AiStatus status() const MYDBA_EXCLUDES(mutex_);

  const std::shared_ptr<ai::Budget>& budget() const { return budget_; }
  const std::optional<std::string>& sentFile() const { return sentFile_; }
  /// Opened when first asked for. Errors: `io`.
  Result<std::shared_ptr<store::SentLog>> log() MYDBA_EXCLUDES(mutex_);
  /// Adds to what was spent since the helper began.
  void spent(double dollars) MYDBA_EXCLUDES(mutex_);

 private:
  const std::optional<std::string> sentFile_;
  const std::shared_ptr<ai::Budget> budget_;
  mutable Mutex mutex_;
  protocol::AiSettings settings_ MYDBA_GUARDED_BY(mutex_);
  std::shared_ptr<store::SentLog> log_ MYDBA_GUARDED_BY(mutex_);
  std::optional<double> cost_ MYDBA_GUARDED_BY(mutex_);
};

/// What the settings allow.
ai::PrivacySettings privacyOf(const protocol::AiSettings& settings);
/// How the provider of the settings is reached, without its key and without the editor.
ai::ProviderSettings providerSettingsOf(const protocol::AiSettings& settings);

}  // namespace mydba::server
