#include "engines/redis/command_line.h"

#include <cstddef>
#include <optional>

#include "base/utf8.h"

namespace mydba::redis {
namespace {

// sdssplitargs() of Redis 7.0 (src/sds.c) is what redis-cli uses; isspace() of the C locale.
bool isBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte of `xHH` at the start of `text`.
std::optional<char> hexEscape(std::string_view text) {
  if (text.size() < 3 || text[0] != 'x') return std::nullopt;
  const int high = hexValue(text[1]);
  const int low = hexValue(text[2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

void appendHex(std::string& out, char c) {
  static constexpr char digits[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += "\\x";
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

std::string quoteArgument(std::string_view argument) {
  const bool utf8 = validUtf8(argument);
  bool bare = utf8 && !argument.empty();
  for (const char c : argument)
    if (isBlank(c) || isControl(c) || c == '"' || c == '\'' || c == '\\') bare = false;
  // What the statement splitter might take for a comment is quoted too.
  if (bare && argument.front() != '#' && !argument.starts_with("--")) return std::string(argument);
  std::string out = "\"";
  for (const char c : argument) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (isControl(c) || (!utf8 && static_cast<unsigned char>(c) >= 0x80))
      appendHex(out, c);
    else
      out += c;
  }
  return out + '"';
}

std::string displayText(std::string_view bytes) {
  if (validUtf8(bytes)) return std::string(bytes);
  return escapeBytes(bytes);
}

std::string escapeBytes(std::string_view bytes) {
  const bool utf8 = validUtf8(bytes);
  std::string out;
  for (const char c : bytes) {
    if (c == '\\')
      out += "\\\\";
    else if (!utf8 && (isControl(c) || static_cast<unsigned char>(c) >= 0x80))
      appendHex(out, c);
    else
      out += c;
  }
  return out;
}

std::string unescapeBytes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      out += text[at];
    } else if (const auto byte = hexEscape(text.substr(at + 1))) {
      out += *byte;
      at += 3;
    } else {
      if (at + 1 < text.size() && text[at + 1] == '\\') ++at;
      out += '\\';
    }
  }
  return out;
}

}  // namespace mydba::redis
