// Anthropic's Messages API.
//
// Sources: https://platform.claude.com/docs/en/build-with-claude/streaming (events, errors in the
// middle), https://platform.claude.com/docs/en/api/errors, https://platform.claude.com/docs/en/api/
// models-list. Events and content blocks of kinds that are not known are passed over, as the
// versioning policy asks for.

#include <algorithm>
#include <memory>
#include <utility>

#include "ai/service.h"
#include "net/http_lines.h"

namespace mydba::ai {
namespace {

constexpr std::size_t maximumEvent = 1024 * 1024;
constexpr std::size_t maximumBlocks = 256;

class AnthropicReader final : public AnswerReader {
 public:
  AnthropicReader(const Service& service, const ChatRequest& request, const ChatListener& listener)
      : service_(service), request_(request), listener_(listener), events_(maximumEvent) {}

  Result<void> add(std::string_view bytes) override {
    return events_.add(bytes,
                       [this](std::string_view, std::string_view data) { return event(data); });
  }

  bool complete() const override { return done_; }

  Result<ChatReply> finish() override {
    if (!done_)
      return Error{
          .code = ErrorCode::connectionLost,
          .message =
              any_ ? "the answer was cut off" : "the server's answer is not a stream of events",
          .hint = any_ ? "try again" : "check that the provider's address is that of the API",
          .retryable = any_};
    for (Block& block : blocks_) {
      if (!block.isTool) continue;
      ToolCall& call = block.call;
      call.arguments = soundArguments(call.arguments);
      if (call.id.empty()) call.id = newCallId(request_, reply_.toolCalls.size());
      reply_.toolCalls.push_back(std::move(call));
    }
    reply_.usage.inputTokens = inputTokens_;
    return std::move(reply_);
  }

 private:
  /// A content block; what is no tool call is either passed on as text or passed over.
  struct Block {
    bool isTool = false;
    ToolCall call;
  };

  Result<void> event(std::string_view data) {
    if (done_) return {};
    any_ = true;
    const auto json = parseJson(data);
    if (!json) return json.error();
    const std::string type = textOf(*json, "type");
    if (type == "error") {
      const Json* error = member(*json, "error");
      return service_.streamError(error ? *error : *json);
    }
    if (type == "message_start") startMessage(*json);
    if (type == "content_block_start") return startBlock(*json);
    if (type == "content_block_delta") addDelta(*json);
    if (type == "message_delta") changeMessage(*json);
    if (type == "message_stop") done_ = true;
    return {};
  }

  void startMessage(const Json& json) {
    const Json* message = member(json, "message");
    if (const Json* usage = message ? member(*message, "usage") : nullptr) readUsage(*usage);
  }

  /// What was read from a cache or written to one counts as input besides.
  void readUsage(const Json& usage) {
    if (const auto count = countOf(usage, "input_tokens"))
      inputTokens_ = *count + countOf(usage, "cache_creation_input_tokens").value_or(0) +
                     countOf(usage, "cache_read_input_tokens").value_or(0);
    if (const auto count = countOf(usage, "output_tokens")) reply_.usage.outputTokens = count;
  }

  Result<void> startBlock(const Json& json) {
    const auto index = countOf(json, "index").value_or(static_cast<std::int64_t>(blocks_.size()));
    if (index >= static_cast<std::int64_t>(maximumBlocks))
      return Error{.code = ErrorCode::tooLarge, .message = "the answer has too many parts"};
    const auto at = static_cast<std::size_t>(index);
    if (at >= blocks_.size()) blocks_.resize(at + 1);
    const Json* content = member(json, "content_block");
    if (!content) return {};
    emit(textOf(*content, "text"));
    if (textOf(*content, "type") != "tool_use") return {};
    blocks_[at] = {.isTool = true,
                   .call = {.id = textOf(*content, "id"), .name = textOf(*content, "name")}};
    return {};
  }

  void addDelta(const Json& json) {
    const Json* delta = member(json, "delta");
    if (!delta) return;
    emit(textOf(*delta, "text"));
    const auto index = countOf(json, "index");
    if (index && *index < static_cast<std::int64_t>(blocks_.size()))
      blocks_[static_cast<std::size_t>(*index)].call.arguments += textOf(*delta, "partial_json");
  }

  void changeMessage(const Json& json) {
    if (const Json* usage = member(json, "usage")) readUsage(*usage);
    const Json* delta = member(json, "delta");
    const std::string reason = delta ? textOf(*delta, "stop_reason") : std::string();
    if (reason == "tool_use") reply_.stop = StopReason::toolCalls;
    if (reason == "max_tokens" || reason == "model_context_window_exceeded")
      reply_.stop = StopReason::length;
    if (reason == "refusal") reply_.stop = StopReason::filtered;
  }

  void emit(const std::string& text) {
    if (text.empty()) return;
    reply_.text += text;
    if (listener_.text) listener_.text(text);
  }

  const Service& service_;
  const ChatRequest& request_;
  const ChatListener& listener_;
  net::HttpEvents events_;
  ChatReply reply_;
  std::optional<std::int64_t> inputTokens_;
  std::vector<Block> blocks_;
  bool any_ = false;
  bool done_ = false;
};

Json contentOf(const ChatMessage& message) {
  Json content = Json::array();
  // Results come first (https://platform.claude.com/docs/en/agents-and-tools/tool-use/), and an
  // empty text is refused.
  for (const ToolResult& result : message.toolResults)
    content.push_back({{"type", "tool_result"},
                       {"tool_use_id", result.callId},
                       {"content", result.text},
                       {"is_error", result.isError}});
  if (!message.text.empty()) content.push_back({{"type", "text"}, {"text", message.text}});
  for (const ToolCall& call : message.toolCalls)
    content.push_back(
        {{"type", "tool_use"}, {"id", call.id}, {"name", call.name}, {"input", argumentsOf(call)}});
  return content;
}

std::string bodyOf(const ChatRequest& request) {
  Json body{{"model", request.model}, {"max_tokens", request.maxOutputTokens}, {"stream", true}};
  if (!request.system.empty()) body["system"] = request.system;
  // This API's scale ends at 1.
  if (request.temperature) body["temperature"] = std::min(*request.temperature, 1.0);
  for (const ChatMessage& message : request.messages)
    body["messages"].push_back({{"role", message.role == Role::user ? "user" : "assistant"},
                                {"content", contentOf(message)}});
  for (const ToolDescription& tool : request.tools)
    body["tools"].push_back({{"name", tool.name},
                             {"description", tool.description},
                             {"input_schema", *parseJson(tool.inputSchema)}});
  return jsonText(body);
}

class Anthropic final : public Provider {
 public:
  explicit Anthropic(Service service)
      : service_(std::move(service)),
        descriptor_{.id = "anthropic",
                    .name = "Anthropic",
                    .address = service_.url().origin(),
                    .place = service_.place()} {}

  const ProviderDescriptor& descriptor() const override { return descriptor_; }

  Result<ChatReply> chat(const ChatRequest& request, const ChatListener& listener,
                         const CancelToken& cancel) override {
    if (auto sound = checkRequest(request); !sound) return sound.error();
    if (auto keyed = checkKey(); !keyed) return keyed.error();
    AnthropicReader reader(service_, request, listener);
    return service_.stream(callOf(request), reader, listener, cancel);
  }

  Result<RequestBytes> preview(const ChatRequest& request) const override {
    if (auto sound = checkRequest(request); !sound) return sound.error();
    return service_.preview(callOf(request));
  }

  Result<std::vector<ModelInfo>> models(const CancelToken& cancel) override {
    if (auto keyed = checkKey(); !keyed) return keyed.error();
    const auto answer =
        service_.json({.path = base() + "/models?limit=1000", .headers = headers()}, cancel);
    if (!answer) return answer.error();
    const Json* data = member(*answer, "data");
    if (!data || !data->is_array())
      return Error{.code = ErrorCode::server,
                   .message = "the server's list of models is not what was expected",
                   .hint = "check that the provider's address is that of the API"};
    std::vector<ModelInfo> models;
    for (const Json& entry : *data) {
      ModelInfo model{.id = textOf(entry, "id"),
                      .name = textOf(entry, "display_name"),
                      .contextTokens = countOf(entry, "max_input_tokens")};
      if (model.id.empty() || models.size() >= 1000) continue;
      if (model.name.empty()) model.name = model.id;
      models.push_back(std::move(model));
    }
    return models;
  }

 private:
  Service::Call callOf(const ChatRequest& request) const {
    return {.path = base() + "/messages", .headers = headers(), .body = bodyOf(request)};
  }

  /// People give the address with and without the version.
  std::string base() const { return service_.url().path.ends_with("/v1") ? "" : "/v1"; }

  Result<void> checkKey() const {
    if (!service_.key().empty()) return {};
    return Error{.code = ErrorCode::authFailed,
                 .message = "`" + service_.url().host + "` wants a key, and none is set",
                 .hint = "set the provider's key"};
  }

  std::vector<net::HttpHeader> headers() const {
    return {{"x-api-key", service_.key()}, {"anthropic-version", "2023-06-01"}};
  }

  Service service_;
  ProviderDescriptor descriptor_;
};

constexpr const char* ownAddress = "https://api.anthropic.com";

Result<std::unique_ptr<Provider>> make(const ProviderSettings& settings) {
  auto service = Service::make(settings, ownAddress);
  if (!service) return service.error();
  return std::unique_ptr<Provider>(std::make_unique<Anthropic>(std::move(*service)));
}

}  // namespace

extern const ProviderKind anthropicProvider;
const ProviderKind anthropicProvider{.id = "anthropic",
                                     .name = "Anthropic",
                                     .description = "Claude, from Anthropic's own API",
                                     .defaultUrl = ownAddress,
                                     .key = KeyUse::required,
                                     .make = make};

}  // namespace mydba::ai
