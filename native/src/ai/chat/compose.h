#pragma once

// What a model is told in a turn of the chat.
//
// There is one way to compose it, so that what is shown is what is sent: the chat sends it, "Show
// what would be sent" and `mydba ai preview` show it.

#include <span>
#include <string>
#include <string_view>

#include "ai/chat/fact_sheet.h"
#include "ai/chat/memory.h"
#include "ai/outgoing.h"

namespace mydba::ai {

/// The tool by which a model shows SQL to the user; the chat answers it itself.
inline constexpr std::string_view proposeSql = "propose_sql";

struct TurnParts {
  std::string_view command;  ///< of the chat, without its slash; one without a recipe has no tools
  std::string_view text;     ///< what the user typed behind it
  const FactSheet& facts;
  std::span<const RememberedTurn> earlier;  ///< the oldest first
  bool connected = false;  ///< without an active connection tools have nothing to ask
  SchemaExtent extent = SchemaExtent::names;
  std::string_view model;
};

/// `redactor` is that of the conversation: it learns the names and values of this turn.
Outgoing compose(const TurnParts& parts, Redactor& redactor);

/// Tells a model what placeholders and aliases are.
RedactedText explainPlaceholders(const Redactor& redactor);

}  // namespace mydba::ai
