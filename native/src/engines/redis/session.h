#pragma once

// One logical connection to a Redis or Valkey server.
//
// The protocol has no way to stop a command, so cancelling means to give up the socket. The next
// command then makes a new one and brings back what the session had: the login, the name, the
// selected database. (What the server kept for the old one is gone: MULTI, WATCH, CLIENT settings.)
// For this the password stays in this object, and only here, as long as it lives. When the server
// went away the session is dead: a silent repetition could do a write twice.
//
// `start` comes first; the token it is given serves all calls until the next start. One thread.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "base/wait.h"
#include "engines/engine.h"
#include "engines/redis/resp.h"
#include "net/stream.h"

namespace mydba::redis {

using Command = std::vector<std::string>;

class Session {
 public:
  /// Connects, logs in, selects the profile's database.
  static Result<std::unique_ptr<Session>> open(const protocol::ConnectionProfile& profile,
                                               int defaultPort, const SecretSource& secrets,
                                               const CancelToken& cancel);

  /// A second connection with the same login, for work under `cancel`.
  Result<std::unique_ptr<Session>> another(const CancelToken& cancel) const;

  /// Makes sure that there is a connection with `database` selected, for work under `cancel`.
  Result<void> start(int database, const CancelToken& cancel);
  Result<void> send(const Command& command);
  /// The next token of a reply.
  Result<void> next(Token& token);
  /// Sends a command and reads its reply; an error reply is an Error.
  Result<Reply> ask(const Command& command);
  /// Sends commands together and reads their replies; error replies are among them.
  Result<std::vector<Reply>> askAll(std::span<const Command> commands);
  /// Gives up the socket; the next start makes a new one.
  void drop() {
    stream_.reset();
    queueing_ = false;
  }

  bool alive() const { return !lost_; }
  bool encrypted() const { return encrypted_; }
  /// What INFO server said, without sections: `redis_version`, `server_name`, …; empty when absent.
  std::string info(std::string_view field) const;
  /// The id the server gave this connection; 0 when it does not tell.
  std::int64_t clientId() const { return clientId_; }
  const std::string& clientName() const { return clientName_; }
  /// The database of the user's commands; a SELECT of the user changes it.
  int userDatabase() const { return userDatabase_; }
  /// Between MULTI and EXEC, as the user's commands say.
  bool queueing() const { return queueing_; }
  void setQueueing(bool queueing) { queueing_ = queueing; }
  void setUserDatabase(int database) { userDatabase_ = selected_ = database; }

 private:
  Session(protocol::ConnectionProfile profile, int defaultPort);
  Result<void> connect(const SecretSource* secrets);
  Result<net::Socket> connectSocket();
  Result<void> connectStream();
  Result<void> login(const SecretSource* secrets);
  Result<void> authenticate();
  Result<void> introduce();
  Result<void> select(int database);
  Error fail(Error error);

  protocol::ConnectionProfile profile_;
  int port_;
  std::string clientName_;
  std::optional<std::string> password_;
  std::unique_ptr<net::Stream> stream_;
  std::unique_ptr<RespReader> reader_;
  CancelToken cancel_;
  Deadline deadline_;
  std::string infoText_;
  std::int64_t clientId_ = 0;
  int userDatabase_ = 0;
  int selected_ = 0;
  bool encrypted_ = false;
  bool lost_ = false;
  bool queueing_ = false;
};

}  // namespace mydba::redis
