#pragma once

// What a model is asked and what it answers, whoever runs the model.
//
// A Provider turns a ChatRequest into the messages of one API and that API's stream back into text
// and tool calls. It decides nothing: what may be sent was decided before (consent, redaction),
// what a tool call may do is decided after (the permission gate). All that comes back is hostile
// text.
//
// A provider never hands a request to another one. A model on this machine that does not answer is
// an error, never a reason to ask one in the cloud.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"

namespace mydba::ai {

/// The model asks for a tool to be run.
struct ToolCall {
  std::string id;    ///< unique within a conversation; the answer names it
  std::string name;  ///< as the model wrote it: need not be a tool that was offered
  /// JSON text of an object, of which nothing more is known; empty when the model wrote something
  /// else, or was cut off: such a call must not be run, but answered with what is wrong with it.
  std::string arguments;
};

/// What a tool answered.
struct ToolResult {
  std::string callId;
  std::string text;
  bool isError = false;
};

enum class Role { user, assistant };

/// One turn. Tool calls are the assistant's, tool results the user's; the results of all calls of a
/// turn stand in the next one.
struct ChatMessage {
  Role role = Role::user;
  std::string text;
  std::vector<ToolCall> toolCalls;
  std::vector<ToolResult> toolResults;
};

/// A tool that the model may ask for.
struct ToolDescription {
  std::string name;  ///< letters, digits, `_` and `-`, at most 64 bytes: what every API takes
  std::string description;
  std::string inputSchema;  ///< JSON text: a JSON Schema of type object
};

/// All text is UTF-8; what is not well-formed is refused with `invalidParams`.
struct ChatRequest {
  std::string model;   ///< ModelInfo.id
  std::string system;  ///< empty: none
  std::vector<ChatMessage> messages;
  std::vector<ToolDescription> tools;
  std::int64_t maxOutputTokens = 4096;
  std::optional<double> temperature;  ///< 0 to 2; absent: the model's own
};

enum class StopReason {
  end,        ///< the model was done
  toolCalls,  ///< it waits for the results of its tool calls
  length,     ///< `maxOutputTokens` or the model's window was full: the text is cut
  filtered,   ///< the provider withheld the rest, or the model refused
};

/// As the provider counted; absent where it did not say.
struct Usage {
  std::optional<std::int64_t> inputTokens;
  std::optional<std::int64_t> outputTokens;
};

struct ChatReply {
  std::string text;  ///< all that the listener was given; well-formed UTF-8
  std::vector<ToolCall> toolCalls;
  StopReason stop = StopReason::end;
  Usage usage;
};

/// The same request is about to be made again.
struct RetryNotice {
  int attempt = 0;  ///< of the attempt that comes, from 2
  std::chrono::milliseconds wait{0};
  Error cause;
};

/// Called on the thread of `chat`, while it runs. Either may be empty.
struct ChatListener {
  /// The next piece of the answer: never empty, well-formed UTF-8.
  std::function<void(std::string_view delta)> text;
  std::function<void(const RetryNotice&)> retry;
};

struct ModelInfo {
  std::string id;
  std::string name;                           ///< for people; the id where there is none
  std::optional<std::int64_t> contextTokens;  ///< absent where the provider does not tell
};

/// Where what is sent to a provider ends up.
enum class ProviderPlace {
  nowhere,  ///< nothing is sent
  local,    ///< this machine or a private network, by the address
  cloud,    ///< anywhere else
  editor,   ///< wherever the editor's own models are: its settings say so
};

struct ProviderDescriptor {
  std::string id;       ///< `openai`, `anthropic`, `ollama`, `editor`, `none`
  std::string name;     ///< for people: `Ollama`
  std::string address;  ///< scheme, host and port that are asked; empty where nothing is
  ProviderPlace place = ProviderPlace::nowhere;
};

/// A request as it would leave.
struct RequestBytes {
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  ///< with `***` for keys
  std::string body;
};

/// One way to reach models. Any thread; several calls may run at once.
class Provider {
 public:
  virtual ~Provider() = default;

  virtual const ProviderDescriptor& descriptor() const = 0;

  /// Asks and waits for the whole answer. What the listener was given before an error stays given:
  /// a request is made again only as long as no byte of an answer has arrived. Errors:
  /// `unsupported` (no such provider, model or feature), `authFailed`, `refused`, `invalidParams`,
  /// `tooLarge`, `connectFailed`, `connectionLost`, `server`, `timeout`, `cancelled` (within 200
  /// ms). None of them quotes the key or the request.
  virtual Result<ChatReply> chat(const ChatRequest& request, const ChatListener& listener,
                                 const CancelToken& cancel) = 0;

  /// What `chat` would send first; connects to nothing. Errors: `invalidParams`; `unsupported`
  /// where somebody else writes the bytes, or nothing is sent.
  virtual Result<RequestBytes> preview(const ChatRequest& request) const;

  /// The models that can be asked, in the provider's order; at most 1,000. Errors as above.
  virtual Result<std::vector<ModelInfo>> models(const CancelToken& cancel) = 0;
};

}  // namespace mydba::ai
