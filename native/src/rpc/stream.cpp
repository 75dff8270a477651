#include "rpc/stream.h"

#include <limits>

namespace mydba::rpc {

StreamState::StreamState(Outbox& outbox, std::string id, std::int64_t credit, bool unlimited)
    : outbox_(outbox), id_(std::move(id)), unlimited_(unlimited), credit_(credit) {}

Credit StreamState::acquire(Deadline deadline) {
  MutexLock lock(mutex_);
  for (;;) {
    if (closed_) return Credit::closed;
    if (std::exchange(woken_, false)) return Credit::woken;
    if (unlimited_) return Credit::granted;
    if (credit_ > 0) {
      --credit_;
      return Credit::granted;
    }
    if (!deadline) {
      changed_.wait(lock);
    } else if (!changed_.waitUntil(lock, *deadline) && Clock::now() >= *deadline) {
      return Credit::timedOut;
    }
  }
}

void StreamState::wake() {
  {
    MutexLock lock(mutex_);
    woken_ = true;
  }
  changed_.notifyAll();
}

void StreamState::grant(std::int64_t n) {
  std::optional<Json> item;
  std::int64_t seq = 0;
  {
    MutexLock lock(mutex_);
    if (closed_ || n <= 0) return;
    credit_ = n > std::numeric_limits<std::int64_t>::max() - credit_ ? credit_ : credit_ + n;
    if (newest_) {
      --credit_;
      item = std::move(newest_);
      newest_.reset();
      seq = nextSeq();
    }
  }
  changed_.notifyAll();
  // Credit arrives on the reader thread, which must not block.
  if (item) post(*item, seq, /*mayBlock=*/false);
}

void StreamState::close() {
  {
    MutexLock lock(mutex_);
    closed_ = true;
    newest_.reset();
  }
  changed_.notifyAll();
}

bool StreamState::closed() {
  MutexLock lock(mutex_);
  return closed_;
}

bool StreamState::send(const Json& item) {
  std::int64_t seq = 0;
  {
    MutexLock lock(mutex_);
    if (closed_) return false;
    seq = nextSeq();
  }
  post(item, seq, /*mayBlock=*/true);
  return true;
}

bool StreamState::sendFrame(std::string frame) {
  std::int64_t seq = 0;
  {
    MutexLock lock(mutex_);
    if (closed_) return false;
    seq = nextSeq();
  }
  outbox_.sendFrame(id_, seq, std::move(frame));
  return true;
}

bool StreamState::sendNewest(Json item) {
  std::int64_t seq = 0;
  {
    MutexLock lock(mutex_);
    if (closed_) return false;
    if (credit_ <= 0 && !unlimited_) {
      newest_ = std::move(item);
      return true;
    }
    --credit_;
    seq = nextSeq();
  }
  post(item, seq, /*mayBlock=*/true);
  return true;
}

void StreamState::post(const Json& item, std::int64_t seq, bool mayBlock) {
  const Json message = {{"jsonrpc", "2.0"},
                        {"method", "$/stream"},
                        {"params", {{"id", id_}, {"seq", seq}, {"item", item}}}};
  if (mayBlock)
    outbox_.sendBulk(writeJson(message));
  else
    outbox_.sendControl(writeJson(message));
}

}  // namespace mydba::rpc
