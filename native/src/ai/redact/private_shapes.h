#pragma once

// What a word or value looks like, where nothing else tells what it is. In doubt it is private.

#include <optional>
#include <string_view>

#include "ai/redact/placeholders.h"

namespace mydba::ai {

/// Letters, digits, `_`, and every byte from 0x80.
constexpr bool isWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The kind of a text that a statement has as a value: date, timestamp, UUID, e-mail, URL, JSON, or
/// just text.
ValueKind shapeOf(std::string_view value);

/// What a run of characters without blanks is, when it is something that never leaves: an e-mail
/// address, URL, host, IP address, path, UUID, key. Without the marks that end a sentence.
std::optional<ValueKind> privateKind(std::string_view run);

/// True when a name or word holds more than a name does: an address, a key, a long number.
bool looksPrivate(std::string_view word);

/// True for a run of letters and digits as keys and tokens are.
bool looksRandom(std::string_view word);

/// True when a number says little: at most four digits, or two and zeros only (`1500000` is none).
/// `digits` has nothing else.
bool isRoundNumber(std::string_view digits);

}  // namespace mydba::ai
