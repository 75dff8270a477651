#include "ai/sender.h"

#include <nlohmann/json.hpp>

#include "ai/redact/restorer.h"

namespace mydba::ai {
namespace {

using Json = nlohmann::ordered_json;

/// The request as text, whatever API carries it.
std::string textOf(const ChatRequest& request) {
  Json messages = Json::array();
  for (const ChatMessage& message : request.messages) {
    Json turn{{"role", message.role == Role::user ? "user" : "assistant"}, {"text", message.text}};
    for (const ToolCall& call : message.toolCalls)
      turn["toolCalls"].push_back({{"name", call.name}, {"arguments", call.arguments}});
    for (const ToolResult& result : message.toolResults)
      turn["toolResults"].push_back({{"callId", result.callId}, {"text", result.text}});
    messages.push_back(std::move(turn));
  }
  Json json{{"model", request.model}, {"system", request.system}, {"messages", messages}};
  for (const ToolDescription& tool : request.tools) json["tools"].push_back(tool.name);
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

OutgoingPreview Sender::preview(const Outgoing& outgoing) const {
  const ChatRequest request = requestOf(outgoing, settings_.sendHistory);
  const auto bytes = parts_.provider.preview(request);
  return {.provider = parts_.provider.descriptor(),
          .request = bytes ? bytes->body : textOf(request),
          .masked = maskedIn(outgoing, settings_.sendHistory)};
}

Result<Answer> Sender::send(const Outgoing& outgoing, const Conversation& conversation,
                            const AnswerListener& listener, const CancelToken& cancel) const {
  const ProviderDescriptor& provider = parts_.provider.descriptor();
  if (const auto may = mayAsk(settings_, provider); !may) return may.error();
  if (const auto admitted = parts_.budget.admit(); !admitted) return admitted.error();
  const OutgoingPreview preview = this->preview(outgoing);
  if (settings_.confirmBeforeSend) {
    if (!parts_.confirm)
      return Error{.code = ErrorCode::refused,
                   .message = "you want to see what is sent, and nobody can be asked here",
                   .hint = "ask from the editor, or switch the confirmation off"};
    if (const auto may = parts_.confirm(preview); !may) return may.error();
  }
  const auto id = parts_.log.begin({.provider = provider.id,
                                    .address = provider.address,
                                    .model = outgoing.model,
                                    .purpose = outgoing.purpose,
                                    .request = preview.request,
                                    .masked = preview.masked});
  if (!id) return id.error();

  const ChatRequest request = requestOf(outgoing, settings_.sendHistory);
  Restorer restorer(conversation);
  std::string heard;
  const auto show = [&](const std::string& text) {
    if (listener.text && !text.empty()) listener.text(text);
  };
  const auto reply = parts_.provider.chat(request,
                                          {.text =
                                               [&](std::string_view delta) {
                                                 heard += delta;
                                                 show(restorer.feed(delta));
                                               },
                                           .retry = listener.retry},
                                          cancel);
  show(restorer.finish());
  // What failed before it was answered is not charged.
  if (reply || !heard.empty())
    parts_.budget.record(tokensOf(request, heard, reply ? reply->usage : Usage{}));
  if (!reply) {
    // The entry stands as it is if it cannot be completed: the request has left.
    static_cast<void>(parts_.log.complete(*id, {.outcome = std::string(name(reply.error().code))}));
    return reply.error();
  }
  const Usage& usage = reply->usage;
  static_cast<void>(parts_.log.complete(
      *id, {.outcome = "answered",
            .inputTokens = usage.inputTokens,
            .outputTokens = usage.outputTokens,
            .cost = parts_.price ? parts_.price(outgoing.model, usage) : std::nullopt}));
  return Answer{.said = RedactedText(reply->text, {}),
                .shown = restored(conversation, reply->text),
                .toolCalls = reply->toolCalls,
                .stop = reply->stop,
                .usage = usage,
                .logId = *id};
}

Result<std::vector<ModelInfo>> Sender::listModels(const CancelToken& cancel) const {
  if (const auto may = mayAsk(settings_, parts_.provider.descriptor()); !may) return may.error();
  return parts_.provider.models(cancel);
}

}  // namespace mydba::ai
