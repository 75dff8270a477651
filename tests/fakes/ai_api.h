#pragma once

// What the APIs of AI services look like on the wire, as their manuals show it:
// https://platform.openai.com/docs/api-reference/chat-streaming,
// https://platform.openai.com/docs/guides/error-codes,
// https://platform.claude.com/docs/en/build-with-claude/streaming,
// https://platform.claude.com/docs/en/api/errors, https://docs.ollama.com/api. The bytes are put
// together here without the product's code, so that a mistake there is seen.

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "fakes/http_fake.h"

namespace mydba::fakes {

struct FakeCall {
  std::string id;  ///< Ollama's has none
  std::string name;
  std::vector<std::string> fragments;  ///< of the arguments' JSON; Ollama sends them whole
};

/// A model's answer, before an API has wrapped it.
struct FakeReply {
  std::vector<std::string> deltas;
  std::vector<FakeCall> calls;
  std::string stop = "end";  ///< or `tools`, `length`, `filtered`
  int inputTokens = 25;
  int outputTokens = 15;
};

struct AiApi {
  std::string id;        ///< of the provider
  std::string chatPath;  ///< what a chat is sent to, when the address is the server's alone
  std::string contentType;
  std::function<std::string(const FakeReply&)> stream;
  /// The same without what ends it.
  std::function<std::string(const FakeReply&)> openStream;
  std::function<std::string(int status, const std::string& message)> error;
  /// What an API writes when it fails in the middle of a stream.
  std::function<std::string(const std::string& message)> errorInStream;
  std::string models;  ///< a list with `small` and `large`
};

const std::vector<AiApi>& aiApis();
const AiApi& aiApi(const std::string& id);

/// The text in pieces of `size` bytes.
std::vector<std::string> inPieces(const std::string& text, std::size_t size);
/// The text as a JSON string, quoted; bytes above ASCII as they are.
std::string quoted(const std::string& text);

/// A service that answers each chat as the test says, and by itself what comes before one.
class AiFake {
 public:
  using Handler = std::function<FakeAnswer(int number)>;

  /// `answer` is asked with 1 for the first chat, 2 for the next, and so on.
  AiFake(const AiApi& api, Handler answer);

  std::string url() const { return server_.url(); }
  HttpFake& server() { return server_; }
  /// The chats alone.
  std::vector<SeenRequest> chats() const;

 private:
  const AiApi& api_;
  Handler answer_;
  std::atomic<int> count_{0};
  HttpFake server_;
};

/// A whole stream in pieces of `size` bytes.
FakeAnswer streamed(const AiApi& api, const std::string& stream, std::size_t size = 1000);

}  // namespace mydba::fakes
