#include "fakes/ai_api.h"

#include <cstdio>
#include <stdexcept>

namespace mydba::fakes {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string whole;
  for (const std::string& part : parts) whole += part;
  return whole;
}

std::string mapped(const std::string& stop,
                   const std::vector<std::pair<std::string, std::string>>& names) {
  for (const auto& [from, to] : names)
    if (from == stop) return to;
  throw std::runtime_error("no such stop: " + stop);
}

// OpenAI.

std::string openAiChunk(const std::string& choices, const std::string& usage = "null") {
  return "data: {\"id\":\"chatcmpl-9\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,"
         "\"model\":\"gpt-4o-mini\",\"system_fingerprint\":\"fp_44\",\"choices\":" +
         choices + ",\"usage\":" + usage + "}\n\n";
}

std::string openAiDelta(const std::string& delta, const std::string& reason = "null") {
  return openAiChunk("[{\"index\":0,\"delta\":" + delta +
                     ",\"logprobs\":null,\"finish_reason\":" + reason + "}]");
}

std::string openAiOpen(const FakeReply& reply) {
  std::string text = openAiDelta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}");
  for (const std::string& delta : reply.deltas)
    text += openAiDelta("{\"content\":" + quoted(delta) + "}");
  for (std::size_t i = 0; i < reply.calls.size(); ++i) {
    const FakeCall& call = reply.calls[i];
    const std::string index = "{\"tool_calls\":[{\"index\":" + std::to_string(i);
    text += openAiDelta(index + ",\"id\":" + quoted(call.id) +
                        ",\"type\":\"function\",\"function\":{\"name\":" + quoted(call.name) +
                        ",\"arguments\":\"\"}}]}");
    for (const std::string& fragment : call.fragments)
      text += openAiDelta(index + ",\"function\":{\"arguments\":" + quoted(fragment) + "}}]}");
  }
  return text;
}

std::string openAiStream(const FakeReply& reply) {
  const std::string reason = mapped(reply.stop, {{"end", "stop"},
                                                 {"tools", "tool_calls"},
                                                 {"length", "length"},
                                                 {"filtered", "content_filter"}});
  return openAiOpen(reply) + openAiDelta("{}", quoted(reason)) +
         openAiChunk("[]", "{\"prompt_tokens\":" + std::to_string(reply.inputTokens) +
                               ",\"completion_tokens\":" + std::to_string(reply.outputTokens) +
                               ",\"total_tokens\":" +
                               std::to_string(reply.inputTokens + reply.outputTokens) + "}") +
         "data: [DONE]\n\n";
}

std::string openAiError(int status, const std::string& message) {
  const std::string type = status == 401   ? "invalid_api_key"
                           : status == 429 ? "rate_limit_exceeded"
                           : status == 404 ? "model_not_found"
                                           : "";
  return "{\n  \"error\": {\n    \"message\": " + quoted(message) +
         ",\n    \"type\": \"invalid_request_error\",\n    \"param\": null,\n    \"code\": " +
         (type.empty() ? "null" : quoted(type)) + "\n  }\n}\n";
}

// Anthropic.

std::string anthropicEvent(const std::string& name, const std::string& rest) {
  return "event: " + name + "\ndata: {\"type\": \"" + name + "\"" + rest + "}\n\n";
}

std::string anthropicBlock(std::size_t index, const std::string& start,
                           const std::vector<std::string>& deltas) {
  const std::string at = ", \"index\": " + std::to_string(index);
  std::string text = anthropicEvent("content_block_start", at + ", \"content_block\": " + start);
  for (const std::string& delta : deltas)
    text += anthropicEvent("content_block_delta", at + ", \"delta\": " + delta);
  return text + anthropicEvent("content_block_stop", at);
}

std::string anthropicOpen(const FakeReply& reply) {
  std::string text = anthropicEvent(
      "message_start",
      ", \"message\": {\"id\": \"msg_1\", \"type\": \"message\", \"role\": \"assistant\", "
      "\"content\": "
      "[], \"model\": \"claude\", \"stop_reason\": null, \"stop_sequence\": null, \"usage\": "
      "{\"input_tokens\": " +
          std::to_string(reply.inputTokens - 5) +
          ", \"cache_creation_input_tokens\": 2, \"cache_read_input_tokens\": 3, "
          "\"output_tokens\": 1}}");
  std::vector<std::string> deltas;
  for (const std::string& delta : reply.deltas)
    deltas.push_back("{\"type\": \"text_delta\", \"text\": " + quoted(delta) + "}");
  // A block of another kind comes first, as with thinking.
  text += anthropicBlock(0, "{\"type\": \"thinking\", \"thinking\": \"\"}",
                         {"{\"type\": \"thinking_delta\", \"thinking\": \"Hm\"}",
                          "{\"type\": \"signature_delta\", \"signature\": \"EqQ\"}"});
  text += anthropicEvent("ping", "");
  text += anthropicBlock(1, "{\"type\": \"text\", \"text\": \"\"}", deltas);
  for (std::size_t i = 0; i < reply.calls.size(); ++i) {
    deltas.clear();
    for (const std::string& fragment : reply.calls[i].fragments)
      deltas.push_back("{\"type\": \"input_json_delta\", \"partial_json\": " + quoted(fragment) +
                       "}");
    text += anthropicBlock(i + 2,
                           "{\"type\": \"tool_use\", \"id\": " + quoted(reply.calls[i].id) +
                               ", \"name\": " + quoted(reply.calls[i].name) + ", \"input\": {}}",
                           deltas);
  }
  return text;
}

std::string anthropicStream(const FakeReply& reply) {
  const std::string reason = mapped(reply.stop, {{"end", "end_turn"},
                                                 {"tools", "tool_use"},
                                                 {"length", "max_tokens"},
                                                 {"filtered", "refusal"}});
  return anthropicOpen(reply) +
         anthropicEvent("message_delta", ", \"delta\": {\"stop_reason\": " + quoted(reason) +
                                             ", \"stop_sequence\":null}, \"usage\": "
                                             "{\"output_tokens\": " +
                                             std::to_string(reply.outputTokens) + "}") +
         anthropicEvent("message_stop", "");
}

std::string anthropicError(int status, const std::string& message) {
  const std::string type = status == 401   ? "authentication_error"
                           : status == 403 ? "permission_error"
                           : status == 404 ? "not_found_error"
                           : status == 429 ? "rate_limit_error"
                           : status == 500 ? "api_error"
                           : status == 529 ? "overloaded_error"
                                           : "invalid_request_error";
  return "{\"type\": \"error\", \"error\": {\"type\": " + quoted(type) +
         ", \"message\": " + quoted(message) +
         "}, \"request_id\": \"req_011CSHoEeqs5C35K2UUqR7Fy\"}";
}

// Ollama.

std::string ollamaLine(const std::string& rest) {
  return "{\"model\":\"llama3.2\",\"created_at\":\"2026-01-04T08:52:19.385406455-07:00\"," + rest +
         "}\n";
}

std::string ollamaOpen(const FakeReply& reply) {
  std::string text;
  for (const std::string& delta : reply.deltas)
    text += ollamaLine("\"message\":{\"role\":\"assistant\",\"content\":" + quoted(delta) +
                       "},\"done\":false");
  for (const FakeCall& call : reply.calls)
    text += ollamaLine(
        "\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{"
        "\"name\":" +
        quoted(call.name) + ",\"arguments\":" + joined(call.fragments) + "}}]},\"done\":false");
  return text;
}

std::string ollamaStream(const FakeReply& reply) {
  return ollamaOpen(reply) +
         ollamaLine("\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done_reason\":\"" +
                    std::string(reply.stop == "length" ? "length" : "stop") +
                    "\",\"done\":true,\"total_duration\":4883583458,\"load_duration\":1334875,"
                    "\"prompt_eval_count\":" +
                    std::to_string(reply.inputTokens) +
                    ",\"prompt_eval_duration\":342546000,\"eval_count\":" +
                    std::to_string(reply.outputTokens) + ",\"eval_duration\":4535599000");
}

}  // namespace

std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      json += escape;
    } else {
      json += c;
    }
  }
  return json + "\"";
}

const std::vector<AiApi>& aiApis() {
  static const std::vector<AiApi> all = {
      {.id = "openai",
       .chatPath = "/v1/chat/completions",
       .contentType = "text/event-stream; charset=utf-8",
       .stream = openAiStream,
       .openStream = openAiOpen,
       .error = openAiError,
       .errorInStream =
           [](const std::string& message) {
             return "data: {\"error\":{\"message\":" + quoted(message) +
                    ",\"type\":\"server_error\",\"code\":null}}\n\n";
           },
       .models = R"({"object":"list","data":[{"id":"small","object":"model","created":1686935002,)"
                 R"("owned_by":"openai"},{"id":"large","object":"model","created":1686935002,)"
                 R"("owned_by":"vllm","max_model_len":32768}]})"},
      {.id = "anthropic",
       .chatPath = "/v1/messages",
       .contentType = "text/event-stream; charset=utf-8",
       .stream = anthropicStream,
       .openStream = anthropicOpen,
       .error = anthropicError,
       .errorInStream =
           [](const std::string& message) {
             return anthropicEvent("error",
                                   ", \"error\": {\"type\": \"overloaded_error\", "
                                   "\"message\": " +
                                       quoted(message) + "}");
           },
       .models = R"({"data":[{"type":"model","id":"small","display_name":"Small",)"
                 R"("created_at":"2025-02-19T00:00:00Z"},{"type":"model","id":"large",)"
                 R"("display_name":"Large","created_at":"2025-02-19T00:00:00Z",)"
                 R"("max_input_tokens":200000}],"has_more":false,"first_id":"small",)"
                 R"("last_id":"large"})"},
      {.id = "ollama",
       .chatPath = "/api/chat",
       .contentType = "application/x-ndjson",
       .stream = ollamaStream,
       .openStream = ollamaOpen,
       .error = [](int,
                   const std::string& message) { return "{\"error\":" + quoted(message) + "}"; },
       .errorInStream =
           [](const std::string& message) { return "{\"error\":" + quoted(message) + "}\n"; },
       .models =
           R"({"models":[{"name":"small","model":"small","modified_at":"2025-01-01T00:00:00Z",)"
           R"("size":3338801804,"digest":"a2af","details":{"format":"gguf","family":"gemma"}},)"
           R"({"name":"large","model":"large","size":1,"digest":"b","details":{}},)"
           R"({"name":"far:cloud","model":"far:cloud","remote_model":"far",)"
           R"("remote_host":"https://ollama.com:443","size":382,"digest":"c","details":{}}]})"},
  };
  return all;
}

const AiApi& aiApi(const std::string& id) {
  for (const AiApi& api : aiApis())
    if (api.id == id) return api;
  throw std::runtime_error("no such API: " + id);
}

std::vector<std::string> inPieces(const std::string& text, std::size_t size) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < text.size(); at += size) pieces.push_back(text.substr(at, size));
  return pieces;
}

FakeAnswer streamed(const AiApi& api, const std::string& stream, std::size_t size) {
  return {.contentType = api.contentType, .pieces = inPieces(stream, size)};
}

AiFake::AiFake(const AiApi& api, Handler answer)
    : api_(api), answer_(std::move(answer)), server_([this](const SeenRequest& seen) -> FakeAnswer {
        // What Ollama is asked about a model before it is asked anything else.
        if (seen.path == "/api/show")
          return {
              .pieces = {R"({"details":{"family":"llama"},"model_info":{},"capabilities":[]})"}};
        return answer_(++count_);
      }) {}

std::vector<SeenRequest> AiFake::chats() const {
  std::vector<SeenRequest> found;
  for (const SeenRequest& seen : server_.seen())
    if (seen.path.starts_with(api_.chatPath)) found.push_back(seen);
  return found;
}

}  // namespace mydba::fakes
