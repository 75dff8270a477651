#pragma once

// A web service that runs models: what all providers that speak HTTP have in common.
//
// A Service is made once from settings and does not change; each call is a request of its own
// (net/http_client.h) on the caller's thread. The key goes into the headers of a request and into
// nothing else.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ai/json_text.h"
#include "ai/provider.h"
#include "ai/provider_kind.h"
#include "net/http_client.h"
#include "net/http_url.h"

namespace mydba::ai {

/// Reads one answer of an API, from bytes in pieces of any size.
class AnswerReader {
 public:
  virtual ~AnswerReader() = default;
  virtual Result<void> add(std::string_view bytes) = 0;
  /// True once the API has said that this was all; more bytes are not waited for.
  virtual bool complete() const = 0;
  /// The whole answer; `connectionLost` when the stream ended before its end.
  virtual Result<ChatReply> finish() = 0;
};

class Service {
 public:
  /// Errors: `invalidParams` when the address cannot be used.
  static Result<Service> make(const ProviderSettings& settings, std::string_view defaultUrl);

  const net::HttpUrl& url() const { return url_; }
  const std::string& key() const { return settings_.key; }
  ProviderPlace place() const;
  /// The error of a stream that says by itself that it failed.
  Error streamError(const Json& error) const;

  struct Call {
    std::string path;  ///< below the address, with its query: `/chat/completions`
    std::vector<net::HttpHeader> headers;
    std::string body;  ///< JSON; empty: GET
  };
  /// The call as it would leave, without the key.
  RequestBytes preview(const Call& call) const;
  /// Makes the call, and makes it again where ai/retry.h says so.
  Result<ChatReply> stream(const Call& call, AnswerReader& reader, const ChatListener& listener,
                           const CancelToken& cancel) const;
  /// Makes a call that is answered by one JSON text of at most 8 MiB; once.
  Result<Json> json(const Call& call, const CancelToken& cancel) const;

 private:
  Service(const ProviderSettings& settings, net::HttpUrl url);
  net::HttpRequest requestOf(const Call& call) const;

  ProviderSettings settings_;
  net::HttpUrl url_;
};

/// Refuses, with `invalidParams`, what no API would take: text that is not UTF-8, no message, a
/// tool without a JSON Schema, and so on. Then the writers of requests need not look.
Result<void> checkRequest(const ChatRequest& request);
/// The object that a call's arguments are; an empty one when they are none.
Json argumentsOf(const ToolCall& call);
/// The arguments that a model wrote, for ToolCall: empty unless they are a JSON object.
std::string soundArguments(std::string_view text);
/// An id for a tool call that came without one: unlike those in the request.
std::string newCallId(const ChatRequest& request, std::size_t index);

}  // namespace mydba::ai
