#include "server/assistant.h"

#include <algorithm>
#include <utility>

namespace mydba::server {
namespace {

using protocol::AiState;

protocol::AiSettings nothingAllowed() {
  protocol::AiSettings settings;
  settings.enabled = false;
  settings.provider = "none";
  settings.timeoutSeconds = 180;
  return settings;
}

ai::BudgetLimits limitsOf(const protocol::AiSettings& settings) {
  return {.requestsPerMinute =
              static_cast<int>(std::clamp<std::int64_t>(settings.requestsPerMinute, 0, 100'000)),
          .sessionTokens = std::max<std::int64_t>(settings.sessionTokens, 0),
          .dayTokens = std::max<std::int64_t>(settings.dayTokens, 0)};
}

protocol::AiPlace placeOf(ai::ProviderPlace place) {
  switch (place) {
    case ai::ProviderPlace::local: return protocol::AiPlace::local;
    case ai::ProviderPlace::cloud: return protocol::AiPlace::cloud;
    case ai::ProviderPlace::editor: return protocol::AiPlace::editor;
    case ai::ProviderPlace::nowhere: break;
  }
  return protocol::AiPlace::nowhere;
}

std::string where(const ai::ProviderDescriptor& provider) {
  switch (provider.place) {
    case ai::ProviderPlace::local:
      return provider.name + " at " + provider.address + ", on this machine or in your network";
    case ai::ProviderPlace::cloud: return provider.name + " at " + provider.address;
    case ai::ProviderPlace::editor: return "the editor's own models";
    case ai::ProviderPlace::nowhere: break;
  }
  return "nobody";
}

AiState stateOf(const protocol::AiSettings& settings, const ai::ProviderDescriptor& provider) {
  if (!settings.enabled) return AiState::off;
  if (provider.place == ai::ProviderPlace::nowhere) return AiState::noProvider;
  if (!ai::mayAsk(privacyOf(settings), provider)) return AiState::needsConsent;
  return settings.model.value_or("").empty() ? AiState::noModel : AiState::ready;
}

std::string messageOf(AiState state, const protocol::AiSettings& settings,
                      const ai::ProviderDescriptor& provider) {
  switch (state) {
    case AiState::off: return "AI is off: nothing is sent. Answers come from rules and documents.";
    case AiState::noProvider:
      return "No provider is chosen: nothing is sent. Answers come from rules and documents.";
    case AiState::needsConsent:
      return "You have not agreed yet that text is sent to " + where(provider) + ".";
    case AiState::noModel: return "Choose a model of " + provider.name + ".";
    case AiState::ready: break;
  }
  return "Questions go to " + where(provider) + ", model " + *settings.model + ".";
}

/// What the provider of the settings is; `none` when there is no such provider or its address
/// cannot be used.
ai::ProviderDescriptor providerOf(const protocol::AiSettings& settings) {
  ai::ProviderSettings reached = providerSettingsOf(settings);
  // It is only asked what it is: whoever asks it something makes his own (server/model_call.h).
  const Error nobody{.code = ErrorCode::internal, .message = "no call asks for this"};
  reached.editor = {
      .chat = [nobody](const auto&, const auto&, const auto&) -> Result<ai::ChatReply> {
        return nobody;
      },
      .models = [nobody](const auto&) -> Result<std::vector<ai::ModelInfo>> { return nobody; }};
  auto provider = ai::makeProvider(settings.provider, reached);
  if (provider) return (*provider)->descriptor();
  return {.id = "none", .name = "No AI", .address = "", .place = ai::ProviderPlace::nowhere};
}

}  // namespace

Assistant::Assistant(std::optional<std::string> sentFile)
    : sentFile_(std::move(sentFile)),
      budget_(std::make_shared<ai::Budget>(ai::BudgetLimits{})),
      settings_(nothingAllowed()) {}

void Assistant::configure(const protocol::AiSettings& settings) {
  budget_->setLimits(limitsOf(settings));
  MutexLock lock(mutex_);
  settings_ = settings;
}

protocol::AiSettings Assistant::settings() const {
  MutexLock lock(mutex_);
  return settings_;
}

protocol::AiStatus Assistant::status() const {
  const protocol::AiSettings settings = this->settings();
  const ai::ProviderDescriptor provider = providerOf(settings);
  const ai::TokenCount session = budget_->session();
  const ai::TokenCount day = budget_->day();
  const AiState state = stateOf(settings, provider);
  MutexLock lock(mutex_);
  return {.state = state,
          .provider = provider.id,
          .name = provider.name,
          .place = placeOf(provider.place),
          .address = provider.address,
          .model = settings.model.value_or(""),
          .message = messageOf(state, settings, provider),
          .sessionTokens = session.tokens,
          .dayTokens = day.tokens,
          .estimated = session.estimated || day.estimated,
          .cost = cost_};
}

Result<std::shared_ptr<store::SentLog>> Assistant::log() {
  MutexLock lock(mutex_);
  if (log_) return log_;
  if (!sentFile_)
    return Error{.code = ErrorCode::io,
                 .message = "there is no place for the log of what is sent",
                 .hint = "set HOME or MYDBA_SENT_FILE where the editor is started"};
  auto opened = store::SentLog::open(*sentFile_);
  if (!opened) return opened.error();
  log_ = std::move(*opened);
  return log_;
}

void Assistant::spent(double dollars) {
  MutexLock lock(mutex_);
  cost_ = cost_.value_or(0) + dollars;
}

ai::PrivacySettings privacyOf(const protocol::AiSettings& settings) {
  ai::PrivacySettings privacy{.enabled = settings.enabled,
                              .names = settings.names == protocol::AiNames::alias
                                           ? ai::NamePolicy::alias
                                           : ai::NamePolicy::keep,
                              .sendHistory = settings.sendHistory,
                              .confirmBeforeSend = settings.confirmBeforeSend};
  switch (settings.schemaExtent) {
    case protocol::AiSchemaExtent::none: privacy.schema = ai::SchemaExtent::none; break;
    case protocol::AiSchemaExtent::names: privacy.schema = ai::SchemaExtent::names; break;
    case protocol::AiSchemaExtent::full: privacy.schema = ai::SchemaExtent::full; break;
  }
  for (const auto& consent : settings.consents)
    privacy.consents.push_back({consent.provider, consent.address, consent.at});
  return privacy;
}

ai::ProviderSettings providerSettingsOf(const protocol::AiSettings& settings) {
  ai::ProviderSettings provider;
  provider.baseUrl = settings.baseUrl.value_or("");
  provider.apiVersion = settings.apiVersion.value_or("");
  if (settings.proxy && !settings.proxy->empty()) provider.http.proxy = settings.proxy;
  provider.http.idleTimeout =
      std::chrono::seconds(std::clamp<std::int64_t>(settings.timeoutSeconds, 5, 3600));
  return provider;
}

}  // namespace mydba::server
