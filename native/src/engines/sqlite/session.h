#pragma once

// An open database file.
//
// Cancelling: sqlite3_interrupt from the cancelling thread stops the running statement, but is
// forgotten when none runs yet (sqlite.org/c3ref/interrupt.html), so a progress handler looks at
// the token too, and the busy handler waits with it. A Guard connects all three with a token for
// the length of one call; when it is gone no other thread can reach the handle, so that closing is
// safe.

#include <memory>
#include <string>

#include "base/cancel.h"
#include "base/result.h"
#include "base/wait.h"
#include "engines/sqlite/handle.h"
#include "types.h"

namespace mydba::sqlite {

/// One lane's. The address must stay the same: the library calls back into it.
class Session {
 public:
  /// Opens the profile's file. Never creates one, unless the option `mode` is `rwc`.
  static Result<std::unique_ptr<Session>> open(const protocol::ConnectionProfile& profile,
                                               const CancelToken& cancel);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  sqlite3* handle() const { return database_.get(); }
  const protocol::ServerInfo& server() const { return server_; }
  bool holdsReadOnly() const { return readOnly_; }

  /// Makes `cancel` stop what runs while it lives.
  class [[nodiscard]] Guard {
   public:
    Guard(Session& session, const CancelToken& cancel);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    Session& session_;
    CancelRegistration registration_;
  };

  /// For a session that lives no longer than one call, beside a Guard of another one with the same
  /// token: what runs here looks at `cancel` itself. Until the next Guard.
  void follow(const CancelToken& cancel) { running_ = cancel; }

  /// How long this session has waited for other programs' locks so far.
  Clock::duration waitedForLocks() const { return waited_; }

  /// The error to return for `code`: the token's own when the call was cancelled.
  Error failed(int code, const CancelToken& cancel) const;

 private:
  explicit Session(Database database);
  static int onBusy(void* self, int attempt);
  static int onProgress(void* self);

  Database database_;
  protocol::ServerInfo server_;
  CancelToken running_;
  Clock::duration waited_{};
  bool readOnly_ = false;
};

}  // namespace mydba::sqlite
