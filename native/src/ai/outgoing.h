#pragma once

// A request to a model that may leave: ChatRequest, but made of RedactedText.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ai/provider.h"
#include "ai/redact/redacted_text.h"

namespace mydba::ai {

/// ToolResult that may leave.
struct OutgoingToolResult {
  std::string callId;
  RedactedText text;
  bool isError = false;
};

/// One turn that may leave.
struct OutgoingMessage {
  Role role = Role::user;
  RedactedText text;
  std::vector<ToolCall> toolCalls;  ///< as the model wrote them
  std::vector<OutgoingToolResult> toolResults;
};

/// ChatRequest that may leave.
struct Outgoing {
  std::string model;
  std::string purpose;  ///< chat command or feature, for the log
  RedactedText system;
  std::vector<OutgoingMessage> messages;
  std::vector<ToolDescription> tools;  ///< of this program: they know nothing of a database
  std::int64_t maxOutputTokens = 4096;
  std::optional<double> temperature;
};

/// The request as a provider takes it; without `history` only the turns from the last question on.
ChatRequest requestOf(const Outgoing& outgoing, bool history);
/// What was kept back of that request.
MaskCounts maskedIn(const Outgoing& outgoing, bool history);

}  // namespace mydba::ai
