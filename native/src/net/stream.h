#pragma once

// Byte streams to servers whose protocol we speak ourselves.
//
// Sockets are non-blocking from the start; whatever has to wait does so in base/wait.h, beside the
// cancel token and a deadline. So no call here outlives its token: not a connect to an address that
// never answers, not a read from a stopped server.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/cancel.h"
#include "base/result.h"
#include "base/wait.h"

namespace mydba::net {

/// Owns a descriptor; closes it without waiting.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int fd) : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept;
  ~Socket() { close(); }

  int fd() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  /// Gives the descriptor to someone else who closes it.
  int release() { return std::exchange(fd_, -1); }
  void close();

 private:
  int fd_ = -1;
};

/// A connected stream. One thread at a time.
class Stream {
 public:
  virtual ~Stream() = default;
  /// Waits for at least one byte; 0 means that the peer has closed. Errors: `connectionLost`,
  /// `cancelled`, `timeout`.
  virtual Result<std::size_t> read(std::span<char> into, const CancelToken& cancel,
                                   Deadline deadline = {}) = 0;
  /// Writes everything. Errors as with read; the stream is then of no more use.
  virtual Result<void> write(std::string_view bytes, const CancelToken& cancel,
                             Deadline deadline = {}) = 0;
  virtual bool encrypted() const = 0;
  /// True when the peer has sent something or has closed: between commands of a protocol that only
  /// answers, both mean that the stream is stale. Does not wait.
  virtual bool hasInput() const = 0;
};

/// Connects to the addresses of `host`, one after the other, sharing the time that is left.
/// Errors: `connectFailed`, `cancelled`, `timeout`. Any thread.
Result<Socket> connectTcp(const std::string& host, int port, const CancelToken& cancel,
                          Deadline deadline);
/// Connects to a unix socket; errors as above.
Result<Socket> connectUnix(const std::string& path, const CancelToken& cancel, Deadline deadline);

std::unique_ptr<Stream> plainStream(Socket socket);

}  // namespace mydba::net
