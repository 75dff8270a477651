#include "rpc/framing.h"

#include <algorithm>
#include <charconv>

namespace mydba::rpc {
namespace {

/// A header block longer than this is not one.
constexpr std::size_t maximumHeader = 8192;

/// Offset past the last `Content-Length:` of a block, in any case. The last one, wherever it
/// stands: after a false length the block begins with the rest of a body, on the same line as the
/// header.
std::optional<std::size_t> lastLengthField(std::string_view block) {
  constexpr std::string_view field = "content-length:";
  std::string lower(block);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  const auto found = lower.rfind(field);
  if (found == std::string::npos) return std::nullopt;
  return found + field.size();
}

std::optional<std::uint64_t> contentLength(std::string_view block) {
  const auto start = lastLengthField(block);
  if (!start) return std::nullopt;
  std::string_view value = block.substr(*start);
  value = value.substr(0, value.find("\r\n"));
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  std::uint64_t length = 0;
  const auto [rest, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (error != std::errc() || rest != value.data() + value.size()) return std::nullopt;
  return length;
}

}  // namespace

std::optional<Incoming> FrameReader::next() {
  if (skip_ > 0) {
    const std::size_t here = std::min(skip_, buffer_.size());
    buffer_.erase(0, here);
    skip_ -= here;
    if (skip_ > 0) return std::nullopt;
  }
  if (!bodyLength_) {
    if (auto complaint = readHeader()) return complaint;
    if (!bodyLength_) return std::nullopt;
  }
  if (buffer_.size() < *bodyLength_) return std::nullopt;
  Incoming incoming;
  incoming.body = buffer_.substr(0, *bodyLength_);
  buffer_.erase(0, *bodyLength_);
  bodyLength_.reset();
  return incoming;
}

/// Sets bodyLength_ when a whole header is there.
std::optional<Incoming> FrameReader::readHeader() {
  const auto end = buffer_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (buffer_.size() <= maximumHeader) return std::nullopt;
    // Keep the tail: the real header may have begun in it.
    buffer_.erase(0, buffer_.size() - 3);
    return Incoming{.kind = Incoming::Kind::badHeader, .body = {}};
  }
  const std::string block = buffer_.substr(0, end);
  buffer_.erase(0, end + 4);
  const auto length = contentLength(block);
  if (!length) return Incoming{.kind = Incoming::Kind::badHeader, .body = {}};
  if (*length > maximumBody_) {
    skip_ = *length;
    return Incoming{.kind = Incoming::Kind::tooLarge, .body = {}};
  }
  bodyLength_ = static_cast<std::size_t>(*length);
  return std::nullopt;
}

std::string jsonHeader(std::size_t bytes) {
  return "Content-Length: " + std::to_string(bytes) + "\r\n\r\n";
}

std::string frameHeader(std::string_view stream, std::int64_t seq, std::size_t bytes) {
  return "Content-Length: " + std::to_string(bytes) +
         "\r\nContent-Type: application/x-mydba-rows; stream=" + std::string(stream) +
         "; seq=" + std::to_string(seq) + "\r\n\r\n";
}

}  // namespace mydba::rpc
