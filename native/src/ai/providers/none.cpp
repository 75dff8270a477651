// No AI: rules and documents only. Always there, asks nobody.

#include <memory>

#include "ai/provider_kind.h"

namespace mydba::ai {
namespace {

Error nobody() {
  return {.code = ErrorCode::unsupported,
          .message = "no AI provider is chosen",
          .hint = "choose one in the settings; findings and documents need none"};
}

class None final : public Provider {
 public:
  const ProviderDescriptor& descriptor() const override { return descriptor_; }

  Result<ChatReply> chat(const ChatRequest&, const ChatListener&, const CancelToken&) override {
    return nobody();
  }

  Result<std::vector<ModelInfo>> models(const CancelToken&) override {
    return std::vector<ModelInfo>();
  }

 private:
  ProviderDescriptor descriptor_{.id = "none", .name = "No AI"};
};

Result<std::unique_ptr<Provider>> make(const ProviderSettings&) {
  return std::unique_ptr<Provider>(std::make_unique<None>());
}

}  // namespace

extern const ProviderKind noneProvider;
const ProviderKind noneProvider{.id = "none",
                                .name = "No AI",
                                .description = "rules and documents only; nothing is sent",
                                .defaultUrl = "",
                                .key = KeyUse::none,
                                .make = make};

}  // namespace mydba::ai
