#pragma once

// Ending a statement that runs.
//
// The lane's thread sits in a blocking read of libmariadb. What ends a statement is KILL QUERY on a
// second, short-lived connection, and it must come before the unbuffered result is freed, because
// freeing reads all remaining rows. When that does not help within `cancelGrace` (the server is
// stopped, the network is gone, there are no connections left), the socket is shut: the read
// returns, and the connection is dead.
//
// A CallGuard stands around one call. Nothing runs in its own thread until the token is cancelled
// or the lane itself has had enough (`interrupt`). `finish` returns only when that thread has
// ended. KILL QUERY can lose the race against the end of the statement; the kill mark then waits in
// the server for the next statement (sql/sql_class.cc, THD::awake), so a statement that ended by
// itself after a KILL was sent is followed by an empty one that takes the mark.

#include <atomic>
#include <mutex>
#include <thread>

#include "base/cancel.h"
#include "engines/mysql/dial.h"
#include "engines/mysql/handle.h"

namespace mydba::mysql {

/// Who to interrupt, and how to get there.
struct Interruptible {
  MYSQL* handle = nullptr;
  Target target;
  unsigned long serverId = 0;  ///< CONNECTION_ID()
};

class CallGuard {
 public:
  CallGuard(const Interruptible& session, const CancelToken& cancel);
  CallGuard(const CallGuard&) = delete;
  CallGuard& operator=(const CallGuard&) = delete;
  ~CallGuard();

  /// Starts to end the statement, once. Any thread; does not block.
  void interrupt();
  bool interrupted() const { return interrupted_; }
  /// The call is over; `killed` when it ended with error 1317. Waits at most `cancelGrace` for a
  /// KILL on its way. False when the connection is gone.
  bool finish(bool killed);

 private:
  void work();
  bool takeKillMark();

  const Interruptible& session_;
  int socket_;  // a duplicate, so that it stays ours whatever the library does
  CancelSource over_;
  std::atomic<bool> interrupted_{false};
  std::atomic<bool> killSent_{false};
  std::atomic<bool> gaveUp_{false};
  bool finished_ = false;
  std::mutex mutex_;  // thread_ is started by whoever interrupts first
  std::thread thread_;
  std::optional<CancelRegistration> registration_;
};

}  // namespace mydba::mysql
