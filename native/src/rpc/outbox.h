#pragma once

// The outbox: the only writer of stdout.
//
// Messages wait in two queues. Control messages (answers, notifications, reverse requests) go
// first, so that a completion answer overtakes a million rows; bulk messages (stream items, row
// frames and the answers that end a stream) keep their order among themselves. The bulk queue is
// bounded by bytes: `sendBulk` blocks while it is full, which is what keeps the helper small when
// the client reads slowly. Control messages are never dropped and never wait: there are few of
// them, and the reader thread must not block. One thread writes; a closed stdout turns the outbox
// into a sink that swallows everything, since the helper is about to end (EOF on stdin follows).

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <thread>

#include "base/mutex.h"

namespace mydba::rpc {

/// Any thread.
class Outbox {
 public:
  /// Writes to `fd`, which stays open.
  explicit Outbox(int fd);
  /// Writes what is queued, then ends.
  ~Outbox();

  /// Queues a JSON message; never blocks.
  void sendControl(std::string body);
  /// Queues a JSON message in order with the other bulk messages; blocks while the queue is full.
  void sendBulk(std::string body);
  /// Queues a row frame of a stream; blocks while the queue is full.
  void sendFrame(std::string_view stream, std::int64_t seq, std::string body);

 private:
  struct Message {
    std::string header;
    std::string body;
    std::size_t bytes() const { return header.size() + body.size(); }
  };

  void pushBulk(Message message);
  void run();
  void write(const Message& message);

  const int fd_;
  bool broken_ = false;  // only the thread
  Mutex mutex_;
  Condition wake_;
  Condition roomy_;
  std::deque<Message> control_ MYDBA_GUARDED_BY(mutex_);
  std::deque<Message> bulk_ MYDBA_GUARDED_BY(mutex_);
  std::size_t bulkBytes_ MYDBA_GUARDED_BY(mutex_) = 0;
  bool closing_ MYDBA_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace mydba::rpc
