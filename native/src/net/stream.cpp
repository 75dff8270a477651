#include "net/stream.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "net/resolve.h"

namespace mydba::net {
namespace {

Error connectError(const std::string& where, int number) {
  Error error{.code = ErrorCode::connectFailed,
              .message = "cannot connect to " + where + ": " + std::strerror(number),
              .hint = "check that the server runs and that the address is right",
              .retryable = true};
  if (number == EACCES) error.hint = "check the permissions of the socket";
  return error;
}

/// Waits for a connect in progress and asks how it ended.
Result<void> finishConnect(int fd, const std::string& where, const CancelToken& cancel,
                           Deadline deadline) {
  if (auto ready = waitFor(fd, Ready::write, cancel, deadline); !ready) {
    if (ready.error().code != ErrorCode::timeout || cancel.cancelled()) return ready;
    return Error{.code = ErrorCode::timeout,
                 .message = where + " did not answer in time",
                 .hint = "check the address, the firewall and the VPN",
                 .retryable = true};
  }
  int number = 0;
  socklen_t size = sizeof number;
  ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &number, &size);
  if (number != 0) return connectError(where, number);
  return {};
}

Result<Socket> connectTo(const sockaddr* address, socklen_t size, const std::string& where,
                         const CancelToken& cancel, Deadline deadline) {
  Socket socket(::socket(address->sa_family, SOCK_STREAM, 0));
  if (!socket.open()) return connectError(where, errno);
  ::fcntl(socket.fd(), F_SETFD, FD_CLOEXEC);
  ::fcntl(socket.fd(), F_SETFL, O_NONBLOCK);
  if (::connect(socket.fd(), address, size) != 0) {
    if (errno != EINPROGRESS) return connectError(where, errno);
    if (auto done = finishConnect(socket.fd(), where, cancel, deadline); !done) return done.error();
  }
  return socket;
}

Result<Socket> connectAddress(const std::string& address, int port, const CancelToken& cancel,
                              Deadline deadline) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &list) != 0)
    return Error{.code = ErrorCode::connectFailed, .message = "`" + address + "` is no address"};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, &::freeaddrinfo);
  const bool v6 = list->ai_family == AF_INET6;
  const std::string where = (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
  auto socket = connectTo(list->ai_addr, list->ai_addrlen, where, cancel, deadline);
  if (!socket) return socket;
  const int on = 1;
  ::setsockopt(socket->fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // A laptop that slept or a VPN that dropped is noticed within minutes, not hours.
  ::setsockopt(socket->fd(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  return socket;
}

/// The share of the time left that one of `count` attempts may take.
Deadline share(Deadline deadline, std::size_t count) {
  if (!deadline || count <= 1) return deadline;
  const auto now = Clock::now();
  return now + (*deadline - now) / static_cast<int>(count);
}

class PlainStream final : public Stream {
 public:
  explicit PlainStream(Socket socket) : socket_(std::move(socket)) {}

  Result<std::size_t> read(std::span<char> into, const CancelToken& cancel,
                           Deadline deadline) override {
    for (;;) {
      const auto count = ::recv(socket_.fd(), into.data(), into.size(), 0);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (auto again = retry(Ready::read, cancel, deadline); !again) return again.error();
    }
  }

  Result<void> write(std::string_view bytes, const CancelToken& cancel,
                     Deadline deadline) override {
    while (!bytes.empty()) {
      const auto count = ::send(socket_.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count >= 0)
        bytes.remove_prefix(static_cast<std::size_t>(count));
      else if (auto again = retry(Ready::write, cancel, deadline); !again)
        return again;
    }
    return {};
  }

  bool encrypted() const override { return false; }

  bool hasInput() const override {
    pollfd poll{socket_.fd(), POLLIN, 0};
    return ::poll(&poll, 1, 0) > 0;
  }

 private:
  /// After a call that failed: waits when it would have blocked, else the error.
  Result<void> retry(Ready ready, const CancelToken& cancel, Deadline deadline) {
    if (errno == EINTR) return {};
    if (errno == EAGAIN || errno == EWOULDBLOCK)
      return waitFor(socket_.fd(), ready, cancel, deadline);
    return Error{.code = ErrorCode::connectionLost,
                 .message = std::string("the connection is lost: ") + std::strerror(errno),
                 .retryable = true};
  }

  Socket socket_;
};

}  // namespace

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this != &other) {
    close();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void Socket::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Result<Socket> connectTcp(const std::string& host, int port, const CancelToken& cancel,
                          Deadline deadline) {
  auto addresses = resolve(host, cancel, deadline);
  if (!addresses) return addresses.error();
  std::optional<Error> first;
  for (std::size_t i = 0; i < addresses->size(); ++i) {
    auto socket =
        connectAddress((*addresses)[i], port, cancel, share(deadline, addresses->size() - i));
    if (socket || cancel.cancelled()) return socket;
    // The first address is the preferred one, so its failure is the one that explains most.
    if (!first) first = socket.error();
  }
  return *first;
}

Result<Socket> connectUnix(const std::string& path, const CancelToken& cancel, Deadline deadline) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return Error{.code = ErrorCode::connectFailed, .message = "the path of the socket is too long"};
  std::memcpy(address.sun_path, path.data(), path.size());
  return connectTo(reinterpret_cast<const sockaddr*>(&address), sizeof address, path, cancel,
                   deadline);
}

std::unique_ptr<Stream> plainStream(Socket socket) {
  return std::make_unique<PlainStream>(std::move(socket));
}

}  // namespace mydba::net
