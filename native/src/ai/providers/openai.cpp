// OpenAI's Chat Completions, which most other services and local servers speak too.
//
// Sources: https://platform.openai.com/docs/api-reference/chat-streaming (chunks, usage in the last
// one, `[DONE]`), https://learn.microsoft.com/azure/ai-foundry/openai/reference (deployments,
// api-version, api-key; chunks without choices). What servers do differently is taken as it comes:
// calls without an index or an id (some local servers), arguments as an object, no `[DONE]` after
// the reason to stop, comments to keep the stream alive (OpenRouter), an error in a chunk.

#include <array>
#include <memory>
#include <utility>

#include "ai/service.h"
#include "net/http_lines.h"
#include "net/percent.h"

namespace mydba::ai {
namespace {

constexpr std::size_t maximumEvent = 1024 * 1024;
constexpr std::size_t maximumCalls = 128;

class OpenAiReader final : public AnswerReader {
 public:
  OpenAiReader(const Service& service, const ChatRequest& request, const ChatListener& listener)
      : service_(service), request_(request), listener_(listener), events_(maximumEvent) {}

  Result<void> add(std::string_view bytes) override {
    return events_.add(bytes,
                       [this](std::string_view, std::string_view data) { return event(data); });
  }

  bool complete() const override { return done_; }

  Result<ChatReply> finish() override {
    if (!done_ && !stopped_)
      return Error{
          .code = ErrorCode::connectionLost,
          .message =
              any_ ? "the answer was cut off" : "the server's answer is not a stream of events",
          .hint = any_ ? "try again" : "check that the provider's address is that of the API",
          .retryable = any_};
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      ToolCall& call = calls_[i];
      call.arguments = soundArguments(call.arguments);
      if (call.id.empty()) call.id = newCallId(request_, i);
    }
    reply_.toolCalls = std::move(calls_);
    // Some servers stop a turn with tool calls as if it were any other.
    if (!reply_.toolCalls.empty() && reply_.stop == StopReason::end)
      reply_.stop = StopReason::toolCalls;
    return std::move(reply_);
  }

 private:
  Result<void> event(std::string_view data) {
    if (done_) return {};
    any_ = true;
    if (data == "[DONE]") {
      done_ = true;
      return {};
    }
    const auto chunk = parseJson(data);
    if (!chunk) return chunk.error();
    if (const Json* error = member(*chunk, "error"); error && !error->is_null())
      return service_.streamError(*error);
    if (const Json* usage = member(*chunk, "usage")) readUsage(*usage);
    const Json* choices = member(*chunk, "choices");
    if (!choices || !choices->is_array() || choices->empty()) return {};
    return choice(choices->front());
  }

  Result<void> choice(const Json& choice) {
    if (const Json* delta = member(choice, "delta")) {
      emit(textOf(*delta, "content"));
      if (const std::string refusal = textOf(*delta, "refusal"); !refusal.empty()) {
        refused_ = true;
        emit(refusal);
      }
      if (const Json* calls = member(*delta, "tool_calls"); calls && calls->is_array())
        for (const Json& call : *calls)
          if (!addCall(call))
            return Error{.code = ErrorCode::tooLarge, .message = "the model called too many tools"};
    }
    if (const std::string reason = textOf(choice, "finish_reason"); !reason.empty()) stop(reason);
    return {};
  }

  void emit(const std::string& text) {
    if (text.empty()) return;
    reply_.text += text;
    if (listener_.text) listener_.text(text);
  }

  /// A call comes in fragments that name it by its index; only the first has its id and name.
  bool addCall(const Json& fragment) {
    const std::string id = textOf(fragment, "id");
    const auto index = countOf(fragment, "index");
    std::size_t at = calls_.empty() ? 0 : calls_.size() - 1;
    if (index)
      at = static_cast<std::size_t>(*index);
    else if (!id.empty() && (calls_.empty() || calls_.back().id != id))
      at = calls_.size();
    if (at >= maximumCalls) return false;
    if (at >= calls_.size()) calls_.resize(at + 1);
    ToolCall& call = calls_[at];
    if (call.id.empty()) call.id = id;
    if (const Json* function = member(fragment, "function")) {
      call.name += textOf(*function, "name");
      const Json* arguments = member(*function, "arguments");
      if (arguments && arguments->is_object())
        call.arguments = jsonText(*arguments);
      else
        call.arguments += textOf(*function, "arguments");
    }
    return true;
  }

  void readUsage(const Json& usage) {
    if (const auto count = countOf(usage, "prompt_tokens")) reply_.usage.inputTokens = count;
    if (const auto count = countOf(usage, "completion_tokens")) reply_.usage.outputTokens = count;
  }

  void stop(std::string_view reason) {
    stopped_ = true;
    reply_.stop = StopReason::end;
    if (reason == "length") reply_.stop = StopReason::length;
    if (reason == "content_filter" || refused_) reply_.stop = StopReason::filtered;
    if (reason == "tool_calls" || reason == "function_call") reply_.stop = StopReason::toolCalls;
  }

  const Service& service_;
  const ChatRequest& request_;
  const ChatListener& listener_;
  net::HttpEvents events_;
  ChatReply reply_;
  std::vector<ToolCall> calls_;
  bool any_ = false;
  bool refused_ = false;
  bool stopped_ = false;
  bool done_ = false;
};

Json messagesOf(const ChatRequest& request) {
  Json messages = Json::array();
  if (!request.system.empty())
    messages.push_back({{"role", "system"}, {"content", request.system}});
  for (const ChatMessage& message : request.messages) {
    // The API wants the results right behind the calls, before what the user says.
    for (const ToolResult& result : message.toolResults)
      messages.push_back({{"role", "tool"},
                          {"tool_call_id", result.callId},
                          {"content", result.isError ? "Error: " + result.text : result.text}});
    if (message.text.empty() && message.toolCalls.empty()) continue;
    Json one{{"role", message.role == Role::user ? "user" : "assistant"},
             {"content", message.text}};
    for (const ToolCall& call : message.toolCalls)
      one["tool_calls"].push_back(
          {{"id", call.id},
           {"type", "function"},
           {"function", {{"name", call.name}, {"arguments", jsonText(argumentsOf(call))}}}});
    messages.push_back(std::move(one));
  }
  return messages;
}

class OpenAi final : public Provider {
 public:
  OpenAi(Service service, const std::string& apiVersion)
      : service_(std::move(service)), apiVersion_(apiVersion) {
    azure_ = !apiVersion.empty() || host().ends_with(".openai.azure.com") ||
             host().ends_with(".cognitiveservices.azure.com");
    descriptor_ = {.id = "openai",
                   .name = azure_                       ? "Azure OpenAI"
                           : host() == "api.openai.com" ? "OpenAI"
                                                        : "OpenAI-compatible",
                   .address = service_.url().origin(),
                   .place = service_.place()};
  }

  const ProviderDescriptor& descriptor() const override { return descriptor_; }

  Result<ChatReply> chat(const ChatRequest& request, const ChatListener& listener,
                         const CancelToken& cancel) override {
    if (auto sound = checkRequest(request); !sound) return sound.error();
    if (auto keyed = checkKey(); !keyed) return keyed.error();
    OpenAiReader reader(service_, request, listener);
    return service_.stream(callOf(request), reader, listener, cancel);
  }

  Result<RequestBytes> preview(const ChatRequest& request) const override {
    if (auto sound = checkRequest(request); !sound) return sound.error();
    return service_.preview(callOf(request));
  }

  Result<std::vector<ModelInfo>> models(const CancelToken& cancel) override {
    if (auto keyed = checkKey(); !keyed) return keyed.error();
    if (!apiVersion_.empty())
      return Error{.code = ErrorCode::unsupported,
                   .message = "Azure does not list deployments to who has only a key",
                   .hint = "type the name of the deployment"};
    const auto answer = service_.json({.path = base() + "/models", .headers = headers()}, cancel);
    if (!answer) return answer.error();
    return listOf(*answer);
  }

 private:
  Service::Call callOf(const ChatRequest& request) const {
    return {.path = chatPath(request.model), .headers = headers(), .body = bodyOf(request)};
  }

  const std::string& host() const { return service_.url().host; }

  Result<void> checkKey() const {
    if (!service_.key().empty() || (!azure_ && host() != "api.openai.com")) return {};
    return Error{.code = ErrorCode::authFailed,
                 .message = "`" + host() + "` wants a key, and none is set",
                 .hint = "set the provider's key"};
  }

  /// Where the API starts below the address: people give the server alone as often as `…/v1`.
  std::string base() const {
    if (!service_.url().path.empty()) return {};
    return azure_ ? "/openai/v1" : "/v1";
  }

  std::string chatPath(const std::string& model) const {
    if (apiVersion_.empty()) return base() + "/chat/completions";
    const bool named = service_.url().path.find("/deployments/") != std::string::npos;
    return (named ? std::string() : "/openai/deployments/" + net::percentEncode(model)) +
           "/chat/completions?api-version=" + net::percentEncode(apiVersion_);
  }

  std::vector<net::HttpHeader> headers() const {
    if (service_.key().empty()) return {};
    if (azure_) return {{"api-key", service_.key()}};
    return {{"Authorization", "Bearer " + service_.key()}};
  }

  std::string bodyOf(const ChatRequest& request) const {
    Json body{{"model", request.model},
              {"messages", messagesOf(request)},
              {"stream", true},
              {"stream_options", {{"include_usage", true}}}};
    // OpenAI's newer models refuse the older name, other servers do not know the newer one.
    const bool newer = azure_ || host() == "api.openai.com";
    body[newer ? "max_completion_tokens" : "max_tokens"] = request.maxOutputTokens;
    if (request.temperature) body["temperature"] = *request.temperature;
    for (const ToolDescription& tool : request.tools)
      body["tools"].push_back({{"type", "function"},
                               {"function",
                                {{"name", tool.name},
                                 {"description", tool.description},
                                 {"parameters", *parseJson(tool.inputSchema)}}}});
    return jsonText(body);
  }

  static Result<std::vector<ModelInfo>> listOf(const Json& answer) {
    const Json* data = member(answer, "data");
    if (!data || !data->is_array())
      return Error{.code = ErrorCode::server,
                   .message = "the server's list of models is not what was expected",
                   .hint = "check that the provider's address is that of the API"};
    std::vector<ModelInfo> models;
    for (const Json& entry : *data) {
      ModelInfo model{.id = textOf(entry, "id"), .name = textOf(entry, "name")};
      if (model.id.empty() || models.size() >= 1000) continue;
      if (model.name.empty()) model.name = model.id;
      // OpenRouter, vLLM and llama.cpp, and LM Studio have names of their own for it.
      for (const char* name : {"context_length", "max_model_len", "max_context_length"})
        if (!model.contextTokens) model.contextTokens = countOf(entry, name);
      models.push_back(std::move(model));
    }
    return models;
  }

  Service service_;
  std::string apiVersion_;
  bool azure_ = false;
  ProviderDescriptor descriptor_;
};

constexpr const char* ownAddress = "https://api.openai.com/v1";

Result<std::unique_ptr<Provider>> make(const ProviderSettings& settings) {
  auto service = Service::make(settings, ownAddress);
  if (!service) return service.error();
  return std::unique_ptr<Provider>(
      std::make_unique<OpenAi>(std::move(*service), settings.apiVersion));
}

}  // namespace

extern const ProviderKind openaiProvider;
const ProviderKind openaiProvider{
    .id = "openai",
    .name = "OpenAI, or compatible",
    .description = "OpenAI, Azure OpenAI, OpenRouter, vLLM, llama.cpp, LM Studio and others",
    .defaultUrl = ownAddress,
    .key = KeyUse::optional,
    .make = make};

}  // namespace mydba::ai
