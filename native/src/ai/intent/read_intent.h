#pragma once

// What a sentence asks for, by rules over words: no model, no server. The answer is a value;
// nothing here runs anything.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ai/intent/conversation.h"
#include "ai/intent/schema.h"
#include "sql/dialect.h"

namespace mydba::ai::intent {

struct Intent {
  /// One of analyze, explain, profile, optimize, schema, retrieve, count, modify, monitor,
  /// variable, help, general. Static storage duration.
  std::string_view name = "general";
  /// The statement in the sentence, or one built for it; nothing when the sentence determines none.
  std::optional<std::string> sql;
  std::vector<std::string> tables;    ///< each once, as the catalogue spells them
  std::optional<std::int64_t> limit;  ///< rows that were asked for
  /// To be confirmed before anything runs: it asks for a change, or `sql` is not a proved read.
  bool confirm = false;
};

struct IntentContext {
  const sql::Dialect* dialect = &sql::genericDialect();
  /// Null: no catalogue is known.
  const Schema* schema = nullptr;
  /// What "today" is, in UTC.
  std::chrono::sys_seconds now = {};
  /// What was asked before; null: nothing.
  const Conversation* history = nullptr;
};

/// `text` is UTF-8; linear in its length.
Intent readIntent(std::string_view text, const IntentContext& context);

}  // namespace mydba::ai::intent
