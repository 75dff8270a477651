#pragma once

// Framing: `Content-Length: N\r\n` [`Content-Type: …\r\n`] `\r\n`, then N bytes.
//
// The reader takes bytes as they come, one at a time if need be, and hands out whole bodies. It
// keeps no more than one message. A message longer than the limit is skipped, not stored: its
// length is known, so the next one can still be read. A block of headers without a usable
// Content-Length is reported and skipped up to its empty line; after a false length the bytes that
// follow are such a block, so the reader finds its way back at the next real header.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mydba::rpc {

struct Incoming {
  enum class Kind { message, tooLarge, badHeader };
  Kind kind = Kind::message;
  std::string body;  ///< of a message
};

/// One thread.
class FrameReader {
 public:
  explicit FrameReader(std::size_t maximumBody = 64u << 20) : maximumBody_(maximumBody) {}

  /// Adds bytes as they were read.
  void feed(std::string_view bytes) { buffer_.append(bytes); }
  /// The next message or complaint; nothing when more bytes are needed.
  std::optional<Incoming> next();

 private:
  std::optional<Incoming> readHeader();

  std::string buffer_;
  std::optional<std::size_t> bodyLength_;
  std::size_t skip_ = 0;
  const std::size_t maximumBody_;
};

/// Header of a JSON message of so many bytes.
std::string jsonHeader(std::size_t bytes);
/// Header of a row frame of so many bytes.
std::string frameHeader(std::string_view stream, std::int64_t seq, std::size_t bytes);

}  // namespace mydba::rpc
