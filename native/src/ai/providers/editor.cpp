// The editor's own models (`vscode.lm`), which only the editor can ask: each call is handed to the
// functions of the settings, which make it a request of the helper to the editor.

#include <memory>
#include <utility>

#include "ai/service.h"

namespace mydba::ai {
namespace {

class Editor final : public Provider {
 public:
  explicit Editor(EditorModels editor) : editor_(std::move(editor)) {}

  const ProviderDescriptor& descriptor() const override { return descriptor_; }

  Result<ChatReply> chat(const ChatRequest& request, const ChatListener& listener,
                         const CancelToken& cancel) override {
    if (auto sound = checkRequest(request); !sound) return sound.error();
    if (cancel.cancelled()) return cancel.error();
    return editor_.chat(request, listener, cancel);
  }

  Result<std::vector<ModelInfo>> models(const CancelToken& cancel) override {
    return editor_.models(cancel);
  }

 private:
  EditorModels editor_;
  ProviderDescriptor descriptor_{
      .id = "editor", .name = "The editor's models", .place = ProviderPlace::editor};
};

Result<std::unique_ptr<Provider>> make(const ProviderSettings& settings) {
  if (settings.editor.chat && settings.editor.models)
    return std::unique_ptr<Provider>(std::make_unique<Editor>(settings.editor));
  return Error{.code = ErrorCode::unsupported,
               .message = "there is no editor whose models could be asked",
               .hint = "choose another AI provider, or work inside the editor"};
}

}  // namespace

extern const ProviderKind editorProvider;
const ProviderKind editorProvider{.id = "editor",
                                  .name = "The editor's models",
                                  .description = "what the editor offers, such as Copilot",
                                  .defaultUrl = "",
                                  .key = KeyUse::none,
                                  .make = make};

}  // namespace mydba::ai
