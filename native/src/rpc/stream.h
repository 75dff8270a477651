#pragma once

// Streams with credit.
//
// A streaming request names a stream and the credit it starts with. In a stream that carries row
// frames a frame costs one credit and its (few) JSON items cost none; in other streams each item
// costs one. `block` streams wait for credit: that is the back-pressure that reaches down to the
// database. `conflate` streams never wait: while there is no credit they keep only the newest item.
// A stream is closed by the end of its request, or by its cancellation; sending to a closed stream
// does nothing and says so.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/mutex.h"
#include "base/wait.h"
#include "rpc/json.h"
#include "rpc/outbox.h"

namespace mydba::rpc {

enum class Credit { granted, closed, woken, timedOut };

/// The state of one stream. Any thread.
class StreamState {
 public:
  /// `unlimited` is for a helper that runs everything on its reader thread (--threads=0), where
  /// nobody could read the credit.
  StreamState(Outbox& outbox, std::string id, std::int64_t credit, bool unlimited);

  /// Takes one credit; waits for it until the stream is closed, `wake` is called or the deadline
  /// has passed.
  Credit acquire(Deadline deadline = {}) MYDBA_EXCLUDES(mutex_);
  /// Lets a waiting `acquire` return `woken`; with nobody waiting, the next one returns it.
  void wake() MYDBA_EXCLUDES(mutex_);
  void grant(std::int64_t n) MYDBA_EXCLUDES(mutex_);
  void close() MYDBA_EXCLUDES(mutex_);
  bool closed() MYDBA_EXCLUDES(mutex_);

  /// Sends an item or a frame for which credit was taken, or which costs none. False when closed.
  bool send(const Json& item) MYDBA_EXCLUDES(mutex_);
  bool sendFrame(std::string frame) MYDBA_EXCLUDES(mutex_);
  /// Sends now if there is credit, else keeps the item until there is. False when closed.
  bool sendNewest(Json item) MYDBA_EXCLUDES(mutex_);

 private:
  std::int64_t nextSeq() MYDBA_REQUIRES(mutex_) { return seq_++; }
  void post(const Json& item, std::int64_t seq, bool mayBlock);

  Outbox& outbox_;
  const std::string id_;
  const bool unlimited_;
  Mutex mutex_;
  Condition changed_;
  std::int64_t credit_ MYDBA_GUARDED_BY(mutex_);
  std::int64_t seq_ MYDBA_GUARDED_BY(mutex_) = 0;
  bool closed_ MYDBA_GUARDED_BY(mutex_) = false;
  bool woken_ MYDBA_GUARDED_BY(mutex_) = false;
  std::optional<Json> newest_ MYDBA_GUARDED_BY(mutex_);
};

}  // namespace mydba::rpc
