#pragma once

// The one way from what the program knows to text that may leave the machine.
//
// A conversation has one Redactor, so that the same value and the same name are called the same
// from its first question to its last answer. What is sent is kept nowhere here; what placeholders
// and aliases stand for is kept in memory as long as the conversation.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ai/redact/conversation.h"
#include "ai/redact/redacted_text.h"
#include "ai/redact/schema_part.h"
#include "base/error.h"

namespace mydba::ai {

/// A value. One thread at a time.
class Redactor {
 public:
  explicit Redactor(NamePolicy names, const sql::Dialect& dialect = sql::genericDialect());

  /// The conversation goes on about a server of another dialect.
  void speak(const sql::Dialect& dialect) { conversation_.dialect = &dialect; }
  /// Takes `words` out of prose wherever they stand: hosts, users and files of the user's
  /// connections. Words of less than three bytes say nothing and are ignored.
  void hide(const std::vector<std::string>& words);

  /// Statements, or a part of one: a condition, an expression.
  RedactedText sql(std::string_view text);
  /// What the user asks or has written down.
  RedactedText prose(std::string_view text);
  /// What a server said of a statement; empty when there was none.
  RedactedText error(const Error& error, std::string_view statement);

  /// A plan as a tree of text with its numbers, and what was found in it.
  RedactedText plan(const protocol::PlanTree& tree, const std::vector<protocol::Finding>& findings);
  /// What this program found out about a statement: lint, findings of a profile.
  RedactedText findings(const std::vector<protocol::Finding>& findings, std::string_view statement);
  /// Tables, as far as `extent` goes. Learns their names first, so that prose has them as well.
  RedactedText schema(const std::vector<SchemaPart>& parts, SchemaExtent extent);
  /// What a tool answered when it was called with `arguments` (those that it really had:
  /// restored_arguments.h), between lines that mark it as data (tools/fence.h). Speak the dialect
  /// of the tool's connection first. tools/answers/<tool>.json says what is sent of it; of a tool
  /// that has none nothing is. What it failed with goes through `error`.
  RedactedText toolAnswer(std::string_view tool, const nlohmann::ordered_json& arguments,
                          const nlohmann::ordered_json& answer);

  const Conversation& conversation() const { return conversation_; }

 private:
  Conversation conversation_;
};

}  // namespace mydba::ai
