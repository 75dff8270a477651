#include "server/model_call.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ai/prices.h"
#include "ai/redact/private_words.h"
#include "codec.h"
#include "server/server.h"

namespace mydba::server {
namespace {

protocol::AiMessage messageOf(const ai::ChatMessage& message) {
  protocol::AiMessage out{
      .role = message.role == ai::Role::user ? protocol::AiRole::user : protocol::AiRole::assistant,
      .text = message.text,
      .toolCalls = {},
      .toolResults = {}};
  for (const auto& call : message.toolCalls)
    out.toolCalls.push_back({.id = call.id, .name = call.name, .arguments = call.arguments});
  for (const auto& result : message.toolResults)
    out.toolResults.push_back(
        {.callId = result.callId, .text = result.text, .isError = result.isError});
  return out;
}

protocol::HostModelParams paramsOf(const ai::ChatRequest& request) {
  protocol::HostModelParams params{
      .id = "", .model = request.model, .system = request.system, .messages = {}, .tools = {}};
  for (const auto& message : request.messages) params.messages.push_back(messageOf(message));
  for (const auto& tool : request.tools)
    params.tools.push_back(
        {.name = tool.name, .description = tool.description, .inputSchema = tool.inputSchema});
  return params;
}

template <typename T>
Result<T> decoded(const Result<rpc::Json>& answer, const char* what) {
  if (!answer) return answer.error();
  T value;
  rpc::DecodePath path(what);
  if (!protocol::decode(*answer, value, path))
    return Error{.code = ErrorCode::internal, .message = path.failure()};
  return value;
}

Result<ai::ChatReply> askEditor(Server& server, const ai::ChatRequest& request,
                                const ai::ChatListener& listener, const CancelToken& cancel) {
  ai::ChatReply reply;
  const auto heard = [&](const std::string& piece) {
    if (piece.empty()) return;
    reply.text += piece;
    if (listener.text) listener.text(piece);
  };
  const auto answer = decoded<protocol::HostModelResult>(
      server.callClient("host/model", protocol::encode(paramsOf(request)), heard, cancel),
      "host/model result");
  if (!answer) return answer.error();
  for (const auto& call : answer->toolCalls)
    reply.toolCalls.push_back({.id = call.id, .name = call.name, .arguments = call.arguments});
  if (!reply.toolCalls.empty()) reply.stop = ai::StopReason::toolCalls;
  return reply;
}

Result<std::vector<ai::ModelInfo>> editorModels(Server& server, const CancelToken& cancel) {
  const auto list = decoded<protocol::AiModelList>(
      server.callClient("host/models", rpc::Json::object(), cancel), "host/models result");
  if (!list) return list.error();
  std::vector<ai::ModelInfo> models;
  for (const auto& model : list->models)
    models.push_back({.id = model.id, .name = model.name, .contextTokens = model.contextTokens});
  return models;
}

Result<void> confirm(Server& server, const std::string& model, const ai::OutgoingPreview& preview,
                     const CancelToken& cancel) {
  protocol::AiConfirmParams params{.provider = preview.provider.name,
                                   .address = preview.provider.address,
                                   .model = model,
                                   .request = preview.request,
                                   .masked = {}};
  for (const auto& [kind, count] : preview.masked)
    params.masked.push_back({.name = kind, .value = static_cast<double>(count)});
  const auto answer = decoded<protocol::AiConfirmResult>(
      server.callClient("host/aiConfirm", protocol::encode(params), cancel),
      "host/aiConfirm result");
  if (!answer) return answer.error();
  if (answer->send) return {};
  return Error{.code = ErrorCode::refused, .message = "you chose not to send it; nothing was sent"};
}

ai::KeyUse keyUse(const std::string& provider) {
  for (const auto* kind : ai::providerKinds())
    if (kind->id == provider) return kind->key;
  return ai::KeyUse::none;
}

/// The provider of the settings, with its key.
Result<std::unique_ptr<ai::Provider>> makeProvider(Call& call,
                                                   const protocol::AiSettings& settings) {
  ai::ProviderSettings reached = providerSettingsOf(settings);
  Server& server = call.server();
  reached.editor = {
      .chat = [&server](
                  const auto& request, const auto& listener,
                  const auto& cancel) { return askEditor(server, request, listener, cancel); },
      .models = [&server](const auto& cancel) { return editorModels(server, cancel); }};
  auto provider = ai::makeProvider(settings.provider, reached);
  if (!provider) return provider;
  const ai::ProviderDescriptor& descriptor = (*provider)->descriptor();
  if (const auto may = ai::mayAsk(privacyOf(settings), descriptor); !may) return may.error();
  if (keyUse(settings.provider) == ai::KeyUse::none) return provider;
  // By the address too, so that another address in a workspace's settings does not get the key.
  const auto key = server.secretsOf("ai:" + descriptor.id + ":" + descriptor.address,
                                    call.cancel())(protocol::SecretKind::apiKey);
  if (!key) return key.error();
  reached.key = key->value_or("");
  return ai::makeProvider(settings.provider, reached);
}

}  // namespace

Result<std::unique_ptr<ModelCall>> ModelCall::make(Call& call) {
  Assistant& assistant = call.server().assistant();
  auto made = std::unique_ptr<ModelCall>(new ModelCall());
  made->settings_ = assistant.settings();
  auto provider = makeProvider(call, made->settings_);
  if (!provider) return provider.error();
  made->provider_ = std::move(*provider);
  auto log = assistant.log();
  if (!log) return log.error();
  made->log_ = std::move(*log);
  const std::string model = made->settings_.model.value_or("");
  made->sender_.emplace(
      ai::SenderParts{
          .provider = *made->provider_,
          .log = *made->log_,
          .budget = *assistant.budget(),
          .confirm =
              [&call, model](const ai::OutgoingPreview& preview) {
                return confirm(call.server(), model, preview, call.cancel());
              },
          .price = [&assistant, descriptor = made->provider_->descriptor()](
                       const std::string& asked, const ai::Usage& usage) -> std::optional<double> {
            const ai::Price* price = ai::findPrice(descriptor, asked);
            const auto cost = price ? ai::estimatedCost(*price, usage) : std::nullopt;
            if (cost) assistant.spent(*cost);
            return cost;
          }},
      privacyOf(made->settings_));
  return made;
}

std::vector<std::string> privateWords(const Server& server) {
  std::vector<std::string> words;
  for (const auto& session : server.sessions())
    std::ranges::move(ai::privateWords(session->profile()), std::back_inserter(words));
  return words;
}

}  // namespace mydba::server
