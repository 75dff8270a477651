#include "ai/privacy_settings.h"

#include <algorithm>

namespace mydba::ai {

Result<void> mayAsk(const PrivacySettings& settings, const ProviderDescriptor& provider) {
  if (!settings.enabled)
    return Error{.code = ErrorCode::refused,
                 .message = "AI is switched off; nothing was sent",
                 .hint = "switch it on in the settings, or go on without a model"};
  const bool agreed = std::ranges::any_of(settings.consents, [&](const Consent& consent) {
    return consent.provider == provider.id && consent.address == provider.address;
  });
  if (agreed) return {};
  const std::string where = provider.address.empty() ? provider.name : provider.address;
  return Error{
      .code = ErrorCode::refused,
      .message = "you have not agreed that text is sent to " + where + "; nothing was sent",
      .hint = "look at what would be sent, and agree if it may"};
}

}  // namespace mydba::ai
