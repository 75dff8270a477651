#pragma once

// What the redaction of one kind of text shares with that of the others. Inside of this folder
// only; ai/redact/redactor.h is the door.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ai/redact/aliases.h"
#include "ai/redact/placeholders.h"
#include "base/error.h"
#include "sql/dialect.h"
#include "types.h"

namespace mydba::ai {

enum class NamePolicy : std::uint8_t { keep, alias };

/// What the redaction of one text must know of those before it, and of whom they come from.
struct Conversation {
  NamePolicy names = NamePolicy::keep;
  const sql::Dialect* dialect = &sql::genericDialect();
  Placeholders placeholders;
  Aliases aliases;
  /// Hosts, users and files of the user's connections: taken out of prose wherever they stand.
  std::vector<std::string> privateWords;
};

/// A text on its way to be a RedactedText.
struct Draft {
  std::string text;
  MaskCounts masked;
  /// The user wrote it: a model may use the literals of its statements again
  /// (restored_arguments.h).
  bool ofUser = false;

  void leaveOut(std::string_view what) {
    text += "[left out: ";
    text += what;
    text += ']';
    ++masked["left_out"];
  }
};

/// What `redact` appends to a draft, apart from `draft`, which only counts it.
template <typename Redact>
std::string apart(Draft& draft, const Redact& redact) {
  Draft own;
  redact(own);
  for (const auto& [kind, count] : own.masked) draft.masked[kind] += count;
  return std::move(own.text);
}

/// Appends what stands for a value, and tells it.
std::string putValue(Draft& draft, Conversation& conversation, ValueKind kind,
                     std::string_view value, std::string_view spelling);

/// Appends any number of statements or parts of them, redacted.
void redactSql(Draft& draft, Conversation& conversation, std::string_view text);

/// What becomes of numbers in prose: those of people could be anything, those of this program's own
/// findings are counts.
enum class Numbers : std::uint8_t { mask, keep };

/// Appends text of a person, redacted.
void redactProse(Draft& draft, Conversation& conversation, std::string_view text,
                 Numbers numbers = Numbers::mask);

/// Appends a name of the schema, as a server told it.
void redactName(Draft& draft, Conversation& conversation, std::string_view name, NameKind kind);

/// Appends the first line of a remark about statements or conditions, any of which it may quote,
/// whole or cut off. `mask`: a server's; `keep`: this program's.
void redactRemark(Draft& draft, Conversation& conversation, std::string_view remark,
                  std::span<const std::string> quoted, Numbers numbers);

/// Appends what a server said of `statement`: its code and the first line of its message.
void redactError(Draft& draft, Conversation& conversation, const Error& error,
                 std::string_view statement);

/// Appends what this program has found out about a statement, and may have quoted of it: the
/// statement, conditions of its plan.
void redactFinding(Draft& draft, Conversation& conversation, const protocol::Finding& finding,
                   std::span<const std::string> quoted);

/// A plan without values; its names as the conversation has them. What a server says in its own
/// words (raw answer, notices, reasons) is not in it.
protocol::PlanTree redactedPlan(Draft& draft, Conversation& conversation,
                                const protocol::PlanTree& tree);

}  // namespace mydba::ai
