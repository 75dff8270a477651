// Ollama, by its own API.
//
// Source: https://docs.ollama.com/api (chat, tags, show). Two things need care:
//   - a model may be one of Ollama's cloud: the server on this machine then hands every request on.
//     Such models are not listed, and not asked, by a provider that counts as local: /api/show says
//     for each model whether it has a `remote_host`;
//   - a conversation longer than `num_ctx` (4,096 tokens unless the model says otherwise) is cut
//     from its start, silently, and with it the instructions; so `num_ctx` is set to what the
//     request needs.

#include <algorithm>
#include <memory>
#include <utility>

#include "ai/service.h"
#include "net/http_lines.h"

namespace mydba::ai {
namespace {

constexpr std::size_t maximumLine = 1024 * 1024;
constexpr std::size_t maximumCalls = 128;

class OllamaReader final : public AnswerReader {
 public:
  OllamaReader(const Service& service, const ChatRequest& request, const ChatListener& listener)
      : service_(service), request_(request), listener_(listener), lines_(maximumLine) {}

  Result<void> add(std::string_view bytes) override {
    return lines_.add(bytes, [this](std::string_view text) { return line(text); });
  }

  bool complete() const override { return done_; }

  Result<ChatReply> finish() override {
    if (auto read = lines_.finish([this](std::string_view text) { return line(text); }); !read)
      return read.error();
    if (!done_)
      return Error{.code = ErrorCode::connectionLost,
                   .message = "the answer was cut off",
                   .hint = "try again, and look into Ollama's log when it happens again",
                   .retryable = true};
    if (!reply_.toolCalls.empty() && reply_.stop == StopReason::end)
      reply_.stop = StopReason::toolCalls;
    return std::move(reply_);
  }

 private:
  Result<void> line(std::string_view text) {
    if (text.empty() || done_) return {};
    const auto json = parseJson(text);
    if (!json) return json.error();
    if (const Json* error = member(*json, "error")) return service_.streamError(*error);
    if (const Json* message = member(*json, "message"))
      if (auto read = readMessage(*message); !read) return read;
    const Json* done = member(*json, "done");
    if (!done || !done->is_boolean() || !done->get<bool>()) return {};
    done_ = true;
    if (textOf(*json, "done_reason") == "length") reply_.stop = StopReason::length;
    reply_.usage = {.inputTokens = countOf(*json, "prompt_eval_count"),
                    .outputTokens = countOf(*json, "eval_count")};
    return {};
  }

  Result<void> readMessage(const Json& message) {
    if (const std::string text = textOf(message, "content"); !text.empty()) {
      reply_.text += text;
      if (listener_.text) listener_.text(text);
    }
    const Json* calls = member(message, "tool_calls");
    if (!calls || !calls->is_array()) return {};
    for (const Json& call : *calls) {
      const Json* function = member(call, "function");
      if (!function) continue;
      if (reply_.toolCalls.size() >= maximumCalls)
        return Error{.code = ErrorCode::tooLarge, .message = "the model called too many tools"};
      const Json* arguments = member(*function, "arguments");
      ToolCall one{.id = textOf(call, "id"), .name = textOf(*function, "name")};
      if (arguments) one.arguments = soundArguments(jsonText(*arguments));
      if (one.id.empty()) one.id = newCallId(request_, reply_.toolCalls.size());
      reply_.toolCalls.push_back(std::move(one));
    }
    return {};
  }

  const Service& service_;
  const ChatRequest& request_;
  const ChatListener& listener_;
  net::HttpLines lines_;
  ChatReply reply_;
  bool done_ = false;
};

/// A result is found by the name of its tool.
std::string toolOf(const ChatRequest& request, const std::string& callId) {
  for (const ChatMessage& message : request.messages)
    for (const ToolCall& call : message.toolCalls)
      if (call.id == callId) return call.name;
  return {};
}

Json messagesOf(const ChatRequest& request) {
  Json messages = Json::array();
  if (!request.system.empty())
    messages.push_back({{"role", "system"}, {"content", request.system}});
  for (const ChatMessage& message : request.messages) {
    for (const ToolResult& result : message.toolResults)
      messages.push_back({{"role", "tool"},
                          {"tool_name", toolOf(request, result.callId)},
                          {"content", result.isError ? "Error: " + result.text : result.text}});
    if (message.text.empty() && message.toolCalls.empty()) continue;
    Json one{{"role", message.role == Role::user ? "user" : "assistant"},
             {"content", message.text}};
    for (const ToolCall& call : message.toolCalls)
      one["tool_calls"].push_back(
          {{"function", {{"name", call.name}, {"arguments", argumentsOf(call)}}}});
    messages.push_back(std::move(one));
  }
  return messages;
}

/// The window that a request needs, in powers of two so that the model is not loaded anew for each.
/// A token is taken for 3 bytes, which is on the safe side for English and SQL.
std::int64_t windowFor(std::size_t bytes, std::int64_t maxOutputTokens) {
  const auto needed = static_cast<std::int64_t>(bytes / 3) + maxOutputTokens;
  std::int64_t window = 4096;
  while (window < needed && window < 131'072) window *= 2;
  return window;
}

std::string bodyOf(const ChatRequest& request) {
  Json body{{"model", request.model}, {"messages", messagesOf(request)}, {"stream", true}};
  for (const ToolDescription& tool : request.tools)
    body["tools"].push_back({{"type", "function"},
                             {"function",
                              {{"name", tool.name},
                               {"description", tool.description},
                               {"parameters", *parseJson(tool.inputSchema)}}}});
  const std::int64_t window = windowFor(jsonText(body).size(), request.maxOutputTokens);
  body["options"] = {{"num_predict", request.maxOutputTokens}, {"num_ctx", window}};
  if (request.temperature) body["options"]["temperature"] = *request.temperature;
  return jsonText(body);
}

class Ollama final : public Provider {
 public:
  explicit Ollama(Service service)
      : service_(std::move(service)),
        descriptor_{.id = "ollama",
                    .name = "Ollama",
                    .address = service_.url().origin(),
                    .place = service_.place()} {}

  const ProviderDescriptor& descriptor() const override { return descriptor_; }

  Result<ChatReply> chat(const ChatRequest& request, const ChatListener& listener,
                         const CancelToken& cancel) override {
    if (auto sound = checkRequest(request); !sound) return sound.error();
    if (auto stays = checkModelStaysHere(request.model, cancel); !stays) return stays.error();
    OllamaReader reader(service_, request, listener);
    return service_.stream(callOf(request), reader, listener, cancel);
  }

  Result<RequestBytes> preview(const ChatRequest& request) const override {
    if (auto sound = checkRequest(request); !sound) return sound.error();
    return service_.preview(callOf(request));
  }

  Result<std::vector<ModelInfo>> models(const CancelToken& cancel) override {
    const auto answer = service_.json({.path = base() + "/tags", .headers = headers()}, cancel);
    if (!answer) return answer.error();
    const Json* entries = member(*answer, "models");
    if (!entries || !entries->is_array())
      return Error{.code = ErrorCode::server,
                   .message = "the server's list of models is not what was expected",
                   .hint = "check that the provider's address is Ollama's"};
    std::vector<ModelInfo> models;
    for (const Json& entry : *entries) {
      const std::string name = textOf(entry, "name");
      if (name.empty() || models.size() >= 1000) continue;
      if (local() && !textOf(entry, "remote_host").empty()) continue;
      models.push_back({.id = name, .name = name});
    }
    return models;
  }

 private:
  Service::Call callOf(const ChatRequest& request) const {
    return {.path = base() + "/chat", .headers = headers(), .body = bodyOf(request)};
  }

  bool local() const { return descriptor_.place == ProviderPlace::local; }

  /// Where the API starts below the address, which people give with and without it.
  std::string base() const { return service_.url().path.ends_with("/api") ? "" : "/api"; }

  Result<void> checkModelStaysHere(const std::string& model, const CancelToken& cancel) const {
    if (!local()) return {};
    const auto shown = service_.json(
        {.path = base() + "/show", .headers = headers(), .body = jsonText(Json{{"model", model}})},
        cancel);
    if (!shown) return shown.error();
    if (textOf(*shown, "remote_host").empty()) return {};
    return Error{
        .code = ErrorCode::refused,
        .message = "the model runs in Ollama's cloud, not on this machine",
        .hint = "choose a model that was pulled, or set https://ollama.com as the address"};
  }

  std::vector<net::HttpHeader> headers() const {
    if (service_.key().empty()) return {};
    return {{"Authorization", "Bearer " + service_.key()}};
  }

  Service service_;
  ProviderDescriptor descriptor_;
};

constexpr const char* ownAddress = "http://127.0.0.1:11434";

Result<std::unique_ptr<Provider>> make(const ProviderSettings& settings) {
  auto service = Service::make(settings, ownAddress);
  if (!service) return service.error();
  return std::unique_ptr<Provider>(std::make_unique<Ollama>(std::move(*service)));
}

}  // namespace

extern const ProviderKind ollamaProvider;
const ProviderKind ollamaProvider{.id = "ollama",
                                  .name = "Ollama",
                                  .description = "models on this machine or in your network",
                                  .defaultUrl = ownAddress,
                                  .key = KeyUse::optional,
                                  .make = make};

}  // namespace mydba::ai
