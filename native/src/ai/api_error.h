#pragma once

// What a service says when it does not answer, as an error to act on.
//
// The services write their errors in almost the same way: OpenAI, Azure, vLLM and llama.cpp
// `{"error": {"message", "type", "code"}}`, Anthropic the same inside `{"type": "error"}`, Ollama
// `{"error": "text"}`, FastAPI `{"detail": "text"}`. The text is for people, hostile, and may quote
// the key: it is cut, cleaned, and left out where the key is what is wrong.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "ai/json_text.h"
#include "base/error.h"

namespace mydba::ai {

/// An answer that is none.
struct Refusal {
  std::string_view who;  ///< host of the service
  int status = 0;        ///< of HTTP, or what stands for it in the middle of a stream
  std::string_view body;
  std::optional<std::chrono::milliseconds> retryAfter;
  std::string_view key;  ///< what must not appear in the error
};

/// The code to act on, `engineCode` with the status and the service's own code (`429
/// rate_limit_error`), a hint, and whether to try again.
Error apiError(const Refusal& refusal);

/// The status that an error in the middle of a stream would have had, by its type or code; 500 for
/// one that is not known.
int statusOfStreamError(const Json& error);

}  // namespace mydba::ai
