#pragma once

#include <string>

#include "base/cancel.h"
#include "base/result.h"
#include "base/wait.h"
#include "engines/mysql/handle.h"
#include "types.h"

namespace mydba::mysql {

/// All that is needed to open one more connection to the same account on the same server.
struct Target {
  std::string host;
  unsigned port = 3306;
  std::string socket;  ///< instead of host and port when not empty
  std::string user;
  std::string password;
  std::string database;
  protocol::TlsMode tls = protocol::TlsMode::prefer;
  std::string tlsCa;
  bool tunnelled = false;  ///< through a tunnel of this process, which ends with it
};

/// Opens a connection: utf8mb4, several results, but never several statements and never LOAD DATA
/// LOCAL, which lets a server read the client's files. Ends by `deadline`. Errors: `connectFailed`,
/// `authFailed`, `timeout`, `cancelled`, `invalidParams`. Any thread.
Result<Handle> dial(const Target& target, Clock::time_point deadline, const CancelToken& cancel);

}  // namespace mydba::mysql
