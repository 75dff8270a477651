#include "net/ssh_tunnel.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "net/ssh_session.h"
#include "net/stream.h"

namespace mydba::net {
namespace {

constexpr std::size_t chunkSize = 32 << 10;

struct ChannelDeleter {
  void operator()(ssh_channel channel) const { ssh_channel_free(channel); }
};
using Channel = std::unique_ptr<ssh_channel_struct, ChannelDeleter>;

struct EventDeleter {
  void operator()(ssh_event event) const { ssh_event_free(event); }
};
using Event = std::unique_ptr<ssh_event_struct, EventDeleter>;

struct Target {
  std::string host;
  int port = 0;
};

int openChannel(ssh_channel channel, const Target& target) {
  return ssh_channel_open_forward(channel, target.host.c_str(), target.port, "127.0.0.1", 0);
}

Result<Channel> firstChannel(ssh_session session, const Target& target, const CancelToken& cancel,
                             Deadline deadline) {
  Channel channel(ssh_channel_new(session));
  for (;;) {
    const int result = openChannel(channel.get(), target);
    if (result == SSH_OK) return channel;
    if (result != SSH_AGAIN)
      return Error{.code = ErrorCode::connectFailed,
                   .message = "the ssh server cannot reach " + target.host + ":" +
                              std::to_string(target.port) + ": " + ssh_get_error(session),
                   .hint =
                       "host and port are as the ssh server sees them; it may also forbid "
                       "forwarding (AllowTcpForwarding)",
                   .retryable = true};
    if (auto ready = sshWait(session, cancel, deadline); !ready) return ready.error();
  }
}

Result<Socket> listenOnLoopback(int& port) {
  Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (!socket.open() || ::bind(socket.fd(), generic, size) != 0 || ::listen(socket.fd(), 16) != 0 ||
      ::getsockname(socket.fd(), generic, &size) != 0)
    return Error{.code = ErrorCode::io,
                 .message = std::string("cannot listen on 127.0.0.1: ") + std::strerror(errno)};
  ::fcntl(socket.fd(), F_SETFD, FD_CLOEXEC);
  ::fcntl(socket.fd(), F_SETFL, O_NONBLOCK);
  port = ntohs(address.sin_port);
  return socket;
}

bool wouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

/// One forwarded connection: a local socket and a channel, and a chunk under way in each direction.
class Link {
 public:
  Link(Socket socket, Channel channel, bool open)
      : socket_(std::move(socket)), channel_(std::move(channel)), open_(open) {}

  int fd() const { return socket_.fd(); }

  /// What to wait for on the local socket.
  short events() const {
    short wanted = 0;
    if (open_ && toServer_.empty() && !localEnd_) wanted |= POLLIN;
    if (!toLocal_.empty()) wanted |= POLLOUT;
    return wanted;
  }

  /// Moves what can be moved without waiting. False when the link is done or broken.
  bool pump(const Target& target) {
    if (!open_) {
      const int result = openChannel(channel_.get(), target);
      if (result == SSH_AGAIN) return true;
      if (result != SSH_OK) return false;
      open_ = true;
    }
    return pumpToLocal() && pumpToServer() && !(remoteEnd_ && toLocal_.empty() && localEnd_);
  }

 private:
  bool pumpToLocal() {
    for (;;) {
      if (toLocal_.empty() && !remoteEnd_ && !fetchFromServer()) return false;
      if (toLocal_.empty()) return true;
      const auto sent = ::send(fd(), toLocal_.data(), toLocal_.size(), MSG_NOSIGNAL);
      if (sent < 0) return wouldBlock();
      toLocal_.erase(0, static_cast<std::size_t>(sent));
    }
  }

  bool fetchFromServer() {
    char buffer[chunkSize];
    const int count = ssh_channel_read_nonblocking(channel_.get(), buffer, sizeof buffer, 0);
    if (count > 0) {
      toLocal_.assign(buffer, static_cast<std::size_t>(count));
      return true;
    }
    if (ssh_channel_is_eof(channel_.get()) || ssh_channel_is_closed(channel_.get())) {
      remoteEnd_ = true;
      ::shutdown(fd(), SHUT_WR);
      return !ssh_channel_is_closed(channel_.get());
    }
    return count == 0 || count == SSH_AGAIN;
  }

  bool pumpToServer() {
    for (;;) {
      if (toServer_.empty() && !localEnd_ && !fetchFromLocal()) return false;
      if (toServer_.empty()) return true;
      const std::uint32_t window = ssh_channel_window_size(channel_.get());
      if (window == 0) return true;
      const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(toServer_.size(), window));
      const int count = ssh_channel_write(channel_.get(), toServer_.data(), size);
      if (count == SSH_AGAIN || count == 0) return true;
      if (count < 0) return false;
      toServer_.erase(0, static_cast<std::size_t>(count));
    }
  }

  bool fetchFromLocal() {
    char buffer[chunkSize];
    const auto count = ::recv(fd(), buffer, sizeof buffer, 0);
    if (count < 0) return wouldBlock();
    if (count == 0) {
      localEnd_ = true;
      ssh_channel_send_eof(channel_.get());
      return true;
    }
    toServer_.assign(buffer, static_cast<std::size_t>(count));
    return true;
  }

  Socket socket_;
  Channel channel_;
  bool open_;
  bool localEnd_ = false;
  bool remoteEnd_ = false;
  std::string toLocal_;
  std::string toServer_;
};

std::string option(const protocol::ConnectionProfile& profile, std::string_view name) {
  if (profile.options)
    for (const auto& item : *profile.options)
      if (item.name == name) return item.value;
  return {};
}

}  // namespace

/// What the tunnel's thread owns.
class SshTunnel::Forwarder {
 public:
  Forwarder(SshSession session, Channel spare, Socket listener, Target target)
      : session_(std::move(session)),
        event_(ssh_event_new()),
        spare_(std::move(spare)),
        listener_(std::move(listener)),
        target_(std::move(target)) {
    ssh_event_add_session(event_.get(), session_.get());
  }

  ~Forwarder() {
    // Channels belong to the session, and the session must leave the event before it ends.
    links_.clear();
    spare_.reset();
    ssh_event_remove_session(event_.get(), session_.get());
  }

  void run(const CancelToken& stop) {
    while (!stop.cancelled() && wait(stop) && ssh_is_connected(session_.get())) {
      // Takes in what the server sent and sends what is waiting.
      if (ssh_event_dopoll(event_.get(), 0) == SSH_ERROR) return;
      accept();
      links_.remove_if([this](Link& link) { return !link.pump(target_); });
    }
  }

 private:
  bool wait(const CancelToken& stop) {
    fds_.clear();
    short ssh = POLLIN;
    if (ssh_get_poll_flags(session_.get()) & SSH_WRITE_PENDING) ssh |= POLLOUT;
    fds_.push_back({stop.fd(), POLLIN, 0});
    fds_.push_back({ssh_get_fd(session_.get()), ssh, 0});
    fds_.push_back({listener_.fd(), POLLIN, 0});
    for (const Link& link : links_)
      // A descriptor that nothing is wanted from would still report a hang-up, again and again.
      fds_.push_back({link.events() ? link.fd() : -1, link.events(), 0});
    return ::poll(fds_.data(), static_cast<nfds_t>(fds_.size()), -1) >= 0 || errno == EINTR;
  }

  void accept() {
    for (;;) {
      Socket socket(::accept(listener_.fd(), nullptr, nullptr));
      if (!socket.open()) return;
      ::fcntl(socket.fd(), F_SETFD, FD_CLOEXEC);
      ::fcntl(socket.fd(), F_SETFL, O_NONBLOCK);
      const bool open = spare_ && !ssh_channel_is_closed(spare_.get());
      Channel channel = open ? std::move(spare_) : Channel(ssh_channel_new(session_.get()));
      links_.emplace_back(std::move(socket), std::move(channel), open);
    }
  }

  SshSession session_;
  Event event_;
  Channel spare_;  ///< open already, for the first connection
  Socket listener_;
  Target target_;
  std::list<Link> links_;
  std::vector<pollfd> fds_;
};

Result<std::unique_ptr<SshTunnel>> SshTunnel::open(const protocol::ConnectionProfile& profile,
                                                   int defaultPort, const SecretSource& secrets,
                                                   const CancelToken& cancel, Deadline& deadline) {
  auto server = parseSshTarget(profile.ssh.value_or(""));
  if (!server) return server.error();
  Target target{.host = profile.host.value_or(""),
                .port = static_cast<int>(profile.port.value_or(defaultPort))};
  if (target.host.empty()) target.host = "127.0.0.1";
  const SshLogin login{.server = std::move(*server),
                       .keyFile = profile.sshKey.value_or(""),
                       .knownHosts = option(profile, "sshKnownHosts")};
  auto session = sshLogin(login, secrets, cancel, deadline);
  if (!session) return session.error();
  auto channel = firstChannel(session->get(), target, cancel, deadline);
  if (!channel) return channel.error();
  int port = 0;
  auto listener = listenOnLoopback(port);
  if (!listener) return listener.error();
  auto forwarder = std::make_unique<Forwarder>(std::move(*session), std::move(*channel),
                                               std::move(*listener), std::move(target));
  return std::unique_ptr<SshTunnel>(new SshTunnel(std::move(forwarder), port));
}

SshTunnel::SshTunnel(std::unique_ptr<Forwarder> forwarder, int port) : port_(port) {
  thread_ = std::thread([this, owned = std::move(forwarder)]() mutable {
    owned->run(stop_.token());
    alive_ = false;
    owned.reset();
  });
}

SshTunnel::~SshTunnel() {
  stop_.cancel(CancelReason::shutdown);
  thread_.join();
}

}  // namespace mydba::net
