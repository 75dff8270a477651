#pragma once

// A logged-in ssh session, made with libssh without blocking.
//
// libssh is told to use a socket that is connected already and never to block: each of its calls
// then says SSH_AGAIN until it is done, and between two calls the caller waits in base/wait.h. (Two
// things do block, both local and short: reading key files, and asking the agent's socket.)
//
// Trust: the server's key must stand in known_hosts. There is no "accept and remember" here: a
// tunnel carries passwords, and who answers the first time is exactly the question. The user's
// ~/.ssh/config is not read.

#include <libssh/libssh.h>

#include <memory>
#include <string>

#include "base/cancel.h"
#include "base/result.h"
#include "base/wait.h"
#include "engines/engine.h"
#include "net/url.h"

namespace mydba::net {

struct SshSessionDeleter {
  void operator()(ssh_session session) const;
};
using SshSession = std::unique_ptr<ssh_session_struct, SshSessionDeleter>;

struct SshLogin {
  SshTarget server;
  std::string keyFile;     ///< empty: the agent, then the usual files of ~/.ssh
  std::string knownHosts;  ///< empty: ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts
};

/// Connects, checks the host key, logs in. `secrets` is asked for `sshPassphrase`: the passphrase
/// of the key, or the account's password when no key was encrypted. `deadline` is moved on by the
/// time that `secrets` took. Errors: `connectFailed`, `authFailed`, `cancelled`, `timeout`.
Result<SshSession> sshLogin(const SshLogin& login, const SecretSource& secrets,
                            const CancelToken& cancel, Deadline& deadline);

/// Waits until libssh can go on with a call that said SSH_AGAIN.
Result<void> sshWait(ssh_session session, const CancelToken& cancel, Deadline deadline);

}  // namespace mydba::net
