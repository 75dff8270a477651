#include "fakes/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace mydba::fakes {

RawServer::RawServer(Body body) : body_(std::move(body)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("RawServer: no port");
  port_ = ::ntohs(address.sin_port);
  acceptor_ = std::thread([this] { acceptAll(); });
}

RawServer::~RawServer() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    for (const int connection : open_) ::shutdown(connection, SHUT_RDWR);
  }
  ::shutdown(listener_, SHUT_RDWR);  // wakes accept
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  ::close(listener_);
}

void RawServer::acceptAll() {
  for (;;) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    const std::lock_guard lock(mutex_);
    if (closing_) {
      ::close(connection);
      return;
    }
    wasConnected_ = true;
    connected_.notify_all();
    open_.push_back(connection);
    threads_.emplace_back([this, connection] {
      body_(connection);
      const std::lock_guard inner(mutex_);
      open_.erase(std::find(open_.begin(), open_.end(), connection));
      ::close(connection);
    });
  }
}

bool RawServer::waitForConnection() {
  std::unique_lock lock(mutex_);
  return connected_.wait_for(lock, std::chrono::seconds(10), [this] { return wasConnected_; });
}

std::string readHead(int connection) {
  std::string head;
  char byte = 0;
  while (!head.ends_with("\r\n\r\n") && ::recv(connection, &byte, 1, 0) == 1) head += byte;
  return head;
}

void readToEnd(int connection) {
  char bytes[4096];
  while (::recv(connection, bytes, sizeof bytes, 0) > 0) continue;
}

void writeAll(int connection, const std::string& bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const auto count =
        ::send(connection, bytes.data() + written, bytes.size() - written, MSG_NOSIGNAL);
    if (count <= 0) return;
    written += static_cast<std::size_t>(count);
  }
}

}  // namespace mydba::fakes
