#pragma once

// Plans as text, as plan/text_tree.h writes them: what tools answer with.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ai/redact/conversation.h"

namespace mydba::ai {

/// The conditions of a plan, as they stand in it.
std::vector<std::string> conditionsOf(std::string_view plan);

/// Appends a plan without values; `quoted` is what its findings may quote.
void redactTextPlan(Draft& draft, Conversation& conversation, std::string_view plan,
                    std::span<const std::string> quoted);

/// Appends the name of a step: `Seq Scan on orders o using orders_pkey`.
void redactStep(Draft& draft, Conversation& conversation, std::string_view step);

/// Appends the id of a rule, which is the heading of a document that is compiled in; else nothing,
/// and false.
bool redactRule(Draft& draft, std::string_view id);

}  // namespace mydba::ai
