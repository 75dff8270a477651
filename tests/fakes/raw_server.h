#pragma once

// A server on 127.0.0.1 that is not one: what a connection gets is up to the test.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace mydba::fakes {

class RawServer {
 public:
  /// Runs on a thread for each connection; the server closes it afterwards. A body that waits
  /// should read: the destructor shuts all connections down, and the read then ends.
  using Body = std::function<void(int connection)>;

  explicit RawServer(Body body);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  int port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// Waits for the first connection; false after 10 s.
  bool waitForConnection();

 private:
  void acceptAll();

  Body body_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::condition_variable connected_;
  bool wasConnected_ = false;
  bool closing_ = false;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

/// Reads until the head of a request has ended, or the client has gone.
std::string readHead(int connection);
/// Reads until the client has gone.
void readToEnd(int connection);
void writeAll(int connection, const std::string& bytes);

}  // namespace mydba::fakes
