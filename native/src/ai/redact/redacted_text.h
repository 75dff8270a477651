#pragma once

// Text that may leave the machine.
//
// The type is the fence: what is sent is built of RedactedText alone (ai/sender.h), and one is made
// only of text of this program, of a document that is compiled in, of what a model has said itself,
// or by the Redactor. There is none for rows of a result, so they have no way in.

#include <optional>
#include <string>
#include <string_view>

#include "ai/redact/placeholders.h"

namespace mydba::ai {

/// A text that stands in the source of this program.
struct ProgramText {
  consteval ProgramText(const char* literal) : text(literal) {}
  std::string_view text;
};

class RedactedText {
 public:
  RedactedText() = default;
  RedactedText(ProgramText program) : text_(program.text) {}

  /// `part` of the document or recipe that is compiled in at `path`; nothing when it does not stand
  /// there, word for word.
  static std::optional<RedactedText> ofDocument(std::string_view path, std::string_view part);

  RedactedText& append(const RedactedText& more);

  const std::string& text() const { return text_; }
  const MaskCounts& masked() const { return masked_; }
  bool empty() const { return text_.empty(); }

 private:
  friend class Redactor;
  friend class Sender;  // for what a model has said
  RedactedText(std::string text, MaskCounts masked)
      : text_(std::move(text)), masked_(std::move(masked)) {}

  std::string text_;
  MaskCounts masked_;
};

}  // namespace mydba::ai
