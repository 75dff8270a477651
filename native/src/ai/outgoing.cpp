#include "ai/outgoing.h"

#include <cstddef>
#include <utility>

namespace mydba::ai {
namespace {

/// Where what is sent begins.
std::size_t firstTurn(const std::vector<OutgoingMessage>& messages, bool history) {
  if (history) return 0;
  std::size_t first = messages.size();
  while (first > 0) {
    --first;
    if (messages[first].role == Role::user && !messages[first].text.empty()) return first;
  }
  return 0;
}

void add(MaskCounts& counts, const MaskCounts& more) {
  for (const auto& [kind, count] : more) counts[kind] += count;
}

}  // namespace

ChatRequest requestOf(const Outgoing& outgoing, bool history) {
  ChatRequest request{.model = outgoing.model,
                      .system = outgoing.system.text(),
                      .messages = {},
                      .tools = outgoing.tools,
                      .maxOutputTokens = outgoing.maxOutputTokens,
                      .temperature = outgoing.temperature};
  for (std::size_t i = firstTurn(outgoing.messages, history); i < outgoing.messages.size(); ++i) {
    const OutgoingMessage& turn = outgoing.messages[i];
    ChatMessage message{.role = turn.role,
                        .text = turn.text.text(),
                        .toolCalls = turn.toolCalls,
                        .toolResults = {}};
    for (const OutgoingToolResult& result : turn.toolResults)
      message.toolResults.push_back(
          {.callId = result.callId, .text = result.text.text(), .isError = result.isError});
    request.messages.push_back(std::move(message));
  }
  return request;
}

MaskCounts maskedIn(const Outgoing& outgoing, bool history) {
  MaskCounts masked = outgoing.system.masked();
  for (std::size_t i = firstTurn(outgoing.messages, history); i < outgoing.messages.size(); ++i) {
    add(masked, outgoing.messages[i].text.masked());
    for (const auto& result : outgoing.messages[i].toolResults) add(masked, result.text.masked());
  }
  return masked;
}

}  // namespace mydba::ai
