#include "ai/service.h"

#include <algorithm>
#include <utility>

#include "ai/api_error.h"
#include "ai/retry.h"
#include "base/utf8.h"
#include "base/wait.h"

namespace mydba::ai {
namespace {

constexpr std::size_t maximumRefusal = 64 * 1024;
constexpr std::size_t maximumJson = 8 * 1024 * 1024;

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t start = text.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return std::string(text.substr(start, text.find_last_not_of(blanks) - start + 1));
}

bool succeeded(int status) { return status >= 200 && status < 300; }

/// A page for people: a proxy's, or that of a web server that is not the API.
Error notTheApi(const net::HttpUrl& url) {
  return {.code = ErrorCode::server,
          .message = "`" + url.host + "` answered with a web page",
          .hint = "check that the provider's address is that of the API"};
}

/// Passes a good answer on while it arrives, and keeps a bad one.
class Answer final : public net::HttpReader {
 public:
  Answer(const net::HttpUrl& url, AnswerReader& reader) : url_(url), reader_(reader) {}

  Result<void> head(const net::HttpHead& head) override {
    head_ = head;
    heard_ = true;
    if (succeeded(head.status) && head.header("content-type").starts_with("text/html"))
      return notTheApi(url_);
    return {};
  }

  Result<void> body(std::string_view bytes) override {
    if (!succeeded(head_.status)) {
      refusal_ += bytes.substr(0, maximumRefusal - std::min(refusal_.size(), maximumRefusal));
      return {};
    }
    if (auto added = reader_.add(bytes); !added) return added;
    // What ends the request is not told as an error: `done` is asked first.
    if (reader_.complete()) return Error{};
    return {};
  }

  bool heard() const { return heard_; }
  bool done() const { return reader_.complete(); }
  const net::HttpHead& head() const { return head_; }
  const std::string& refusal() const { return refusal_; }

 private:
  const net::HttpUrl& url_;
  AnswerReader& reader_;
  net::HttpHead head_;
  bool heard_ = false;
  std::string refusal_;
};

/// Keeps a whole answer.
class WholeBody final : public net::HttpReader {
 public:
  Result<void> head(const net::HttpHead& head) override {
    head_ = head;
    return {};
  }
  Result<void> body(std::string_view bytes) override {
    if (text_.size() + bytes.size() > maximumJson)
      return Error{.code = ErrorCode::tooLarge, .message = "the server's answer is too large"};
    text_ += bytes;
    return {};
  }

  const net::HttpHead& head() const { return head_; }
  const std::string& text() const { return text_; }

 private:
  net::HttpHead head_;
  std::string text_;
};

}  // namespace

Service::Service(const ProviderSettings& settings, net::HttpUrl url)
    : settings_(settings), url_(std::move(url)) {
  settings_.key = trimmed(settings.key);
  // A name such as `localhost` must not lead anywhere else.
  settings_.http.privateOnly = place() == ProviderPlace::local;
}

Result<Service> Service::make(const ProviderSettings& settings, std::string_view defaultUrl) {
  auto url = net::parseHttpUrl(settings.baseUrl.empty() ? defaultUrl : settings.baseUrl);
  if (!url) return url.error();
  return Service(settings, std::move(*url));
}

ProviderPlace Service::place() const {
  return net::privateHost(url_.host) ? ProviderPlace::local : ProviderPlace::cloud;
}

Error Service::streamError(const Json& error) const {
  return apiError({.who = url_.host,
                   .status = statusOfStreamError(error),
                   .body = jsonText(Json{{"error", error}}),
                   .key = settings_.key});
}

net::HttpRequest Service::requestOf(const Call& call) const {
  net::HttpRequest request{.method = call.body.empty() ? "GET" : "POST",
                           .url = url_.origin() + url_.path + call.path,
                           .headers = call.headers,
                           .body = call.body};
  request.headers.push_back({"User-Agent", "mydba/" MYDBA_VERSION});
  if (!call.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
  return request;
}

RequestBytes Service::preview(const Call& call) const {
  net::HttpRequest request = requestOf(call);
  RequestBytes bytes{.method = request.method, .url = request.url, .headers = {}, .body = {}};
  for (net::HttpHeader& header : request.headers) {
    const std::size_t at = key().empty() ? std::string::npos : header.value.find(key());
    if (at != std::string::npos) header.value.replace(at, key().size(), "***");
    bytes.headers.emplace_back(std::move(header.name), std::move(header.value));
  }
  bytes.body = std::move(request.body);
  return bytes;
}

Result<ChatReply> Service::stream(const Call& call, AnswerReader& reader,
                                  const ChatListener& listener, const CancelToken& cancel) const {
  const net::HttpRequest request = requestOf(call);
  Retries retries(settings_.retries);
  for (;;) {
    Answer answer(url_, reader);
    const auto sent = net::requestHttp(request, settings_.http, answer, cancel);
    if (answer.done()) return reader.finish();
    Error error;
    std::optional<std::chrono::milliseconds> asked;
    bool again = false;
    if (!sent) {
      error = sent.error();
      again = error.code == ErrorCode::connectionLost && !answer.heard();
    } else if (succeeded(answer.head().status)) {
      return reader.finish();
    } else {
      asked = retryAfter(answer.head(), std::chrono::system_clock::now());
      error = apiError({.who = url_.host,
                        .status = answer.head().status,
                        .body = answer.refusal(),
                        .retryAfter = asked,
                        .key = settings_.key});
      again = error.retryable;
    }
    const auto wait = again ? retries.next(asked) : std::nullopt;
    if (!wait) return error;
    if (listener.retry)
      listener.retry({.attempt = retries.attempt(), .wait = *wait, .cause = error});
    if (auto slept = sleepUntil(Clock::now() + *wait, cancel); !slept) return slept.error();
  }
}

Result<Json> Service::json(const Call& call, const CancelToken& cancel) const {
  WholeBody answer;
  if (auto sent = net::requestHttp(requestOf(call), settings_.http, answer, cancel); !sent)
    return sent.error();
  if (!succeeded(answer.head().status))
    return apiError({.who = url_.host,
                     .status = answer.head().status,
                     .body = answer.text(),
                     .retryAfter = retryAfter(answer.head(), std::chrono::system_clock::now()),
                     .key = settings_.key});
  if (answer.head().header("content-type").starts_with("text/html")) return notTheApi(url_);
  return parseJson(answer.text());
}

namespace {

Error unsound(std::string what, std::string hint = {}) {
  return {.code = ErrorCode::invalidParams, .message = std::move(what), .hint = std::move(hint)};
}

bool toolName(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

Result<void> checkMessage(const ChatMessage& message) {
  bool text = validUtf8(message.text);
  for (const ToolCall& call : message.toolCalls)
    text = text && validUtf8(call.id) && validUtf8(call.name) && validUtf8(call.arguments);
  for (const ToolResult& result : message.toolResults)
    text = text && validUtf8(result.callId) && validUtf8(result.text);
  if (!text) return unsound("a message holds bytes that are not UTF-8");
  if (message.text.empty() && message.toolCalls.empty() && message.toolResults.empty())
    return unsound("a message is empty");
  if (message.role == Role::user ? !message.toolCalls.empty() : !message.toolResults.empty())
    return unsound("tool calls are the assistant's, tool results the user's");
  return {};
}

}  // namespace

Result<void> checkRequest(const ChatRequest& request) {
  if (request.model.empty() || request.model.size() > 256 || !validUtf8(request.model))
    return unsound("no model is chosen", "choose a model of the provider's list");
  if (!validUtf8(request.system)) return unsound("the system text holds bytes that are not UTF-8");
  if (request.messages.empty()) return unsound("there is no message to answer");
  for (const ChatMessage& message : request.messages)
    if (auto sound = checkMessage(message); !sound) return sound;
  for (const ToolDescription& tool : request.tools) {
    if (!toolName(tool.name) || !validUtf8(tool.description))
      return unsound("a tool's name or description cannot be sent");
    const auto schema = parseJson(tool.inputSchema);
    if (!schema || !schema->is_object())
      return unsound("the input schema of the tool `" + tool.name + "` is no JSON object");
  }
  if (request.maxOutputTokens < 1 || request.maxOutputTokens > 10'000'000)
    return unsound("the longest answer must be 1 to 10,000,000 tokens");
  if (request.temperature && !(*request.temperature >= 0 && *request.temperature <= 2))
    return unsound("the temperature must be from 0 to 2");
  return {};
}

Json argumentsOf(const ToolCall& call) {
  auto json = parseJson(call.arguments);
  return json && json->is_object() ? std::move(*json) : Json::object();
}

std::string soundArguments(std::string_view text) {
  // A call without arguments is written as nothing by some models.
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return "{}";
  const auto json = parseJson(text);
  return json && json->is_object() ? jsonText(*json) : std::string();
}

std::string newCallId(const ChatRequest& request, std::size_t index) {
  std::size_t before = 0;
  for (const ChatMessage& message : request.messages) before += message.toolCalls.size();
  return "call_" + std::to_string(before + index + 1);
}

}  // namespace mydba::ai
