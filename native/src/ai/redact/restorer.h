#pragma once

// The way back: an answer with the names and values that the user knows, made from one with aliases
// and placeholders.
//
// An answer comes in pieces that end anywhere, so the last word of a piece waits for the next one
// as long as it could still become an alias or placeholder. What is restored is for the user's eyes
// and his servers. What goes back to a model is what the model wrote, never this.

#include <memory>
#include <string>
#include <string_view>

#include "ai/redact/conversation.h"

namespace mydba::ai {

/// Of one answer. `conversation` outlives it and may learn more meanwhile. One thread.
class Restorer {
 public:
  explicit Restorer(const Conversation& conversation) : conversation_(conversation) {}

  /// What can be shown now that `piece` has come.
  std::string feed(std::string_view piece);
  /// What was held back, at the end of the answer.
  std::string finish();

 private:
  /// A word or a colon with one; `next` stands behind it.
  void write(std::string_view word, char next, std::string& out);
  std::size_t longest() const;

  const Conversation& conversation_;
  std::string held_;
  char last_ = 0;  // the byte that was read before what is held
};

/// All of it at once.
std::string restored(const Conversation& conversation, std::string_view answer);

}  // namespace mydba::ai
