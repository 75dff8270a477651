#pragma once

// A port on 127.0.0.1 whose connections come out behind an ssh server.
//
// The client libraries of the engines want an address to connect to, so the tunnel listens on an
// ephemeral loopback port, as `ssh -L` does, and like there every user of this machine can connect
// to it while it is open.
//
// Threads: `open` logs in on the caller's thread, bounded by its token and deadline, and makes a
// first channel, so that a target that cannot be reached is told there. Then session and channels
// go to the tunnel's own thread and nobody else touches them: a libssh session must not be used
// from two threads. That thread has no lock and waits in one poll(2) for the listening socket, the
// ssh connection, the forwarded connections and the stop token; all of them are non-blocking, so
// the destructor, which cancels the token and joins, never waits for a network. `alive` is the one
// thing it shares.
//
// Back-pressure: a direction holds at most one chunk. While its receiver is slow, nothing is read
// from its sender; towards the ssh server the channel's window is the receiver.

#include <atomic>
#include <memory>
#include <thread>

#include "base/cancel.h"
#include "base/result.h"
#include "base/wait.h"
#include "engines/engine.h"

namespace mydba::net {

class SshTunnel {
 public:
  /// Tunnel to the profile's host and port (as the ssh server sees them) through `profile.ssh`. The
  /// option `sshKnownHosts` names another known_hosts file. `deadline` is moved on by the time that
  /// `secrets` took. Errors: `connectFailed`, `authFailed`, `refused` (host key), `invalidParams`,
  /// `cancelled`, `timeout`.
  static Result<std::unique_ptr<SshTunnel>> open(const protocol::ConnectionProfile& profile,
                                                 int defaultPort, const SecretSource& secrets,
                                                 const CancelToken& cancel, Deadline& deadline);
  ~SshTunnel();
  SshTunnel(const SshTunnel&) = delete;
  SshTunnel& operator=(const SshTunnel&) = delete;

  /// The port on 127.0.0.1.
  int port() const { return port_; }
  /// False once the ssh connection is gone; forwarded connections are then closed. Any thread.
  bool alive() const { return alive_; }

 private:
  class Forwarder;
  SshTunnel(std::unique_ptr<Forwarder> forwarder, int port);

  int port_;
  std::atomic<bool> alive_ = true;
  CancelSource stop_;
  std::thread thread_;
};

}  // namespace mydba::net
