#pragma once

// What a conversation was about, as the client keeps it between turns: the last ten of them, with
// the statements they were about. It is the client's text when it comes back, and is read as such.
//
// What was answered is not remembered: it holds values of settings, statements of other users and
// rows of plans, and what is remembered is told to a model.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ai/intent/conversation.h"

namespace mydba::ai {

struct RememberedTurn {
  std::string command;
  std::string text;                 ///< what the user typed
  std::string intent;               ///< empty when it was not read
  std::optional<std::string> sql;   ///< that the turn was about
  std::vector<std::string> tables;  ///< of it
};

struct Memory {
  std::string connection;  ///< session of the last turn
  std::vector<RememberedTurn> turns;

  void add(RememberedTurn turn);
  /// The statement that "it" is: of the newest turn that had one.
  std::optional<std::string> lastSql() const;
  /// For ai/intent.
  intent::Conversation conversation() const;
  /// What was asked before, for search.
  std::vector<std::string> questions() const;
};

/// Empty for what is no memory of ours.
Memory readMemory(std::string_view text);
std::string writeMemory(const Memory& memory);

}  // namespace mydba::ai
