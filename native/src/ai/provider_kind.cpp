#include "ai/provider_kind.h"

namespace mydba::ai {

#define MYDBA_AI_PROVIDER(name) extern const ProviderKind name##Provider;
#include "ai/providers/providers.inc"
#undef MYDBA_AI_PROVIDER

std::span<const ProviderKind* const> providerKinds() {
  static constexpr const ProviderKind* all[] = {
#define MYDBA_AI_PROVIDER(name) &name##Provider,
#include "ai/providers/providers.inc"
#undef MYDBA_AI_PROVIDER
  };
  return all;
}

Result<std::unique_ptr<Provider>> makeProvider(std::string_view id,
                                               const ProviderSettings& settings) {
  std::string known;
  for (const ProviderKind* kind : providerKinds()) {
    if (kind->id == id) return kind->make(settings);
    known += (known.empty() ? "" : ", ") + std::string(kind->id);
  }
  return Error{.code = ErrorCode::invalidParams,
               .message = "there is no such AI provider",
               .hint = "choose one of " + known};
}

}  // namespace mydba::ai
