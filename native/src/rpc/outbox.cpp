#include "rpc/outbox.h"

#include <poll.h>
#include <sys/uio.h>

#include <cerrno>
#include <utility>

#include "rpc/framing.h"

namespace mydba::rpc {
namespace {

/// Enough to keep a reader busy that takes 64 KiB at a time, small against the helper's budget.
constexpr std::size_t maximumBulk = 512u << 10;

}  // namespace

Outbox::Outbox(int fd) : fd_(fd), thread_([this] { run(); }) {}

Outbox::~Outbox() {
  {
    MutexLock lock(mutex_);
    closing_ = true;
  }
  wake_.notifyAll();
  roomy_.notifyAll();
  thread_.join();
}

void Outbox::sendControl(std::string body) {
  Message message{jsonHeader(body.size()), std::move(body)};
  {
    MutexLock lock(mutex_);
    control_.push_back(std::move(message));
  }
  wake_.notifyOne();
}

void Outbox::sendBulk(std::string body) { pushBulk({jsonHeader(body.size()), std::move(body)}); }

void Outbox::sendFrame(std::string_view stream, std::int64_t seq, std::string body) {
  pushBulk({frameHeader(stream, seq, body.size()), std::move(body)});
}

void Outbox::pushBulk(Message message) {
  {
    MutexLock lock(mutex_);
    while (bulkBytes_ >= maximumBulk && !closing_) roomy_.wait(lock);
    bulkBytes_ += message.bytes();
    bulk_.push_back(std::move(message));
  }
  wake_.notifyOne();
}

void Outbox::run() {
  for (;;) {
    Message message;
    {
      MutexLock lock(mutex_);
      while (control_.empty() && bulk_.empty() && !closing_) wake_.wait(lock);
      if (control_.empty() && bulk_.empty()) return;
      auto& queue = control_.empty() ? bulk_ : control_;
      message = std::move(queue.front());
      if (&queue == &bulk_) bulkBytes_ -= message.bytes();
      queue.pop_front();
    }
    roomy_.notifyAll();
    if (!broken_) write(message);
  }
}

void Outbox::write(const Message& message) {
  iovec parts[2] = {{const_cast<char*>(message.header.data()), message.header.size()},
                    {const_cast<char*>(message.body.data()), message.body.size()}};
  iovec* part = parts;
  int count = 2;
  while (count > 0) {
    const ssize_t written = ::writev(fd_, part, count);
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN) {  // the parent made the pipe non-blocking, as Node does
        pollfd writable{fd_, POLLOUT, 0};
        ::poll(&writable, 1, -1);
        continue;
      }
      broken_ = true;
      return;
    }
    auto left = static_cast<std::size_t>(written);
    while (count > 0 && left >= part->iov_len) {
      left -= part->iov_len;
      ++part;
      --count;
    }
    if (count > 0) {
      part->iov_base = static_cast<char*>(part->iov_base) + left;
      part->iov_len -= left;
    }
  }
}

}  // namespace mydba::rpc
