// Against a real sshd on loopback, started here with keys of its own.

#include "net/ssh_tunnel.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "native/catch.h"
#include "net/stream.h"

namespace {

using mydba::CancelReason;
using mydba::CancelSource;
using mydba::Clock;
using mydba::Deadline;
using mydba::ErrorCode;
namespace net = mydba::net;

constexpr const char* sshdProgram = "/usr/sbin/sshd";

/// A listening socket on 127.0.0.1.
net::Socket listening(int& port) {
  net::Socket socket(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  REQUIRE(::bind(socket.fd(), generic, size) == 0);
  REQUIRE(::listen(socket.fd(), 8) == 0);
  REQUIRE(::getsockname(socket.fd(), generic, &size) == 0);
  port = ntohs(address.sin_port);
  return socket;
}

/// Sends back what comes, connection after connection, until it is destroyed.
class EchoServer {
 public:
  EchoServer() : listener_(listening(port_)), thread_([this] { serve(); }) {}
  ~EchoServer() {
    ::shutdown(listener_.fd(), SHUT_RDWR);
    thread_.join();
  }
  int port() const { return port_; }

 private:
  void serve() {
    std::vector<std::thread> connections;
    for (int fd; (fd = ::accept(listener_.fd(), nullptr, nullptr)) >= 0;)
      connections.emplace_back([socket = net::Socket(fd)] {
        std::array<char, 4096> buffer;
        for (ssize_t count; (count = ::recv(socket.fd(), buffer.data(), buffer.size(), 0)) > 0;)
          for (ssize_t sent = 0; sent < count;) {
            const auto more = ::send(socket.fd(), buffer.data() + sent,
                                     static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
            if (more < 0) return;
            sent += more;
          }
      });
    for (std::thread& connection : connections) connection.join();
  }

  int port_ = 0;
  net::Socket listener_;
  std::thread thread_;
};

class Sshd {
 public:
  Sshd() {
    std::string pattern = "/tmp/mydba-sshd-XXXXXX";
    dir_ = ::mkdtemp(pattern.data());
    shell("ssh-keygen -q -t ed25519 -N '' -f " + dir_ + "/host");
    shell("ssh-keygen -q -t ed25519 -N '' -f " + dir_ + "/plain");
    shell("ssh-keygen -q -t ed25519 -N 'open sesame' -f " + dir_ + "/locked");
    shell("ssh-keygen -q -t ed25519 -N '' -f " + dir_ + "/stranger");
    shell("cat " + dir_ + "/plain.pub " + dir_ + "/locked.pub > " + dir_ + "/authorized");
    { const auto freed = listening(port_); }
    std::ofstream(dir_ + "/config")
        << "Port " << port_ << "\nListenAddress 127.0.0.1\nHostKey " << dir_ << "/host\nPidFile "
        << dir_ << "/pid\nAuthorizedKeysFile " << dir_
        << "/authorized\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
           "PermitRootLogin prohibit-password\nUsePAM no\nStrictModes no\nAllowTcpForwarding yes\n";
    writeKnownHost("host");
    start();
  }
  ~Sshd() {
    signal(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    std::filesystem::remove_all(dir_);
  }

  /// To the server and the processes of its sessions, which have process groups of their own.
  void signal(int number) const { signalTree(pid_, number); }
  std::string file(const std::string& name) const { return dir_ + "/" + name; }
  int port() const { return port_; }

  void writeKnownHost(const std::string& key) const {
    shell("echo \"[127.0.0.1]:" + std::to_string(port_) + " $(cut -d' ' -f1,2 " + dir_ + "/" + key +
          ".pub)\" > " + dir_ + "/known");
  }

  mydba::protocol::ConnectionProfile profile(int target, const std::string& key) const {
    const char* user = ::geteuid() == 0 ? "root" : std::getenv("USER");
    return {.host = "127.0.0.1",
            .port = target,
            .ssh = std::string(user ? user : "") + (user ? "@" : "") +
                   "127.0.0.1:" + std::to_string(port_),
            .sshKey = file(key),
            .options = {{{.name = "sshKnownHosts", .value = file("known")}}}};
  }

 private:
  static void signalTree(pid_t pid, int number) {
    const std::string name = std::to_string(pid);
    std::ifstream children("/proc/" + name + "/task/" + name + "/children");
    for (pid_t child; children >> child;) signalTree(child, number);
    ::kill(pid, number);
  }

  static void shell(const std::string& command) { REQUIRE(std::system(command.c_str()) == 0); }

  void start() {
    // sshd run by root wants this directory, and nothing makes it where there is no init.
    if (::geteuid() == 0) std::filesystem::create_directories("/run/sshd");
    const std::string config = dir_ + "/config", log = dir_ + "/log";
    pid_ = ::fork();
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
      // A process that outlives the test must not hold on to the pipes of whoever runs it.
      const int null = ::open("/dev/null", O_RDWR);
      for (int fd = 0; fd < 3; ++fd) ::dup2(null, fd);
      ::execl(sshdProgram, sshdProgram, "-D", "-f", config.c_str(), "-E", log.c_str(), nullptr);
      ::_exit(127);
    }
    const auto end = Clock::now() + std::chrono::seconds(10);
    while (!net::connectTcp("127.0.0.1", port_, {}, end)) {
      if (Clock::now() > end) FAIL("sshd did not start");
      std::this_thread::yield();
    }
  }

  std::string dir_;
  int port_ = 0;
  pid_t pid_ = -1;
};

bool skipped() {
  if (::access(sshdProgram, X_OK) == 0) return false;
  WARN("SKIPPED: there is no " << sshdProgram);
  return true;
}

Deadline soon() { return Clock::now() + std::chrono::seconds(10); }

mydba::SecretSource secret(std::optional<std::string> text) {
  return [text](mydba::protocol::SecretKind kind) -> mydba::Result<std::optional<std::string>> {
    CHECK(kind == mydba::protocol::SecretKind::sshPassphrase);
    return text;
  };
}

mydba::Result<std::unique_ptr<net::SshTunnel>> tunnel(
    const mydba::protocol::ConnectionProfile& profile, std::optional<std::string> text = {}) {
  Deadline deadline = soon();
  return net::SshTunnel::open(profile, 1, secret(std::move(text)), {}, deadline);
}

/// Sends `size` bytes through the tunnel and reads them back. Called from several threads, so it
/// makes no assertion: Catch2's are for one thread.
bool echoes(int port, std::size_t size) {
  auto socket = net::connectTcp("127.0.0.1", port, {}, soon());
  if (!socket) return false;
  const auto stream = net::plainStream(std::move(*socket));
  std::string sent(size, '\0');
  for (std::size_t i = 0; i < size; ++i) sent[i] = static_cast<char>(i * 31 >> 3);
  std::thread writer([&] { (void)stream->write(sent, {}, soon()); });
  std::string back;
  std::array<char, 65536> buffer;
  while (back.size() < size) {
    auto count = stream->read(buffer, {}, soon());
    if (!count || *count == 0) break;
    back.append(buffer.data(), *count);
  }
  writer.join();
  return back == sent;
}

}  // namespace

TEST_CASE("bytes go through a tunnel and back, on several connections at once") {
  if (skipped()) return;
  const EchoServer echo;  // ends when the ssh server, which ends first, has closed its connections
  const Sshd sshd;
  auto open = tunnel(sshd.profile(echo.port(), "plain"));
  if (!open) FAIL(open.error().message);
  CHECK(echoes((*open)->port(), 10));
  CHECK(echoes((*open)->port(), 20'000'000));
  std::array<std::thread, 3> users;
  std::array<bool, 3> good{};
  for (std::size_t i = 0; i < users.size(); ++i)
    users[i] = std::thread([&, i] { good[i] = echoes((*open)->port(), 3'000'000); });
  for (std::thread& user : users) user.join();
  CHECK(good == std::array{true, true, true});
  CHECK((*open)->alive());
}

TEST_CASE("an unknown and a changed host key are refused with the fingerprint") {
  if (skipped()) return;
  const Sshd sshd;
  std::filesystem::remove(sshd.file("known"));
  const auto unknown = tunnel(sshd.profile(1, "plain"));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::refused);
  CHECK(unknown.error().message.find("not known") != std::string::npos);
  CHECK(unknown.error().message.find("SHA256:") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(sshd.file("known")));
  sshd.writeKnownHost("stranger");
  const auto changed = tunnel(sshd.profile(1, "plain"));
  REQUIRE_FALSE(changed);
  CHECK(changed.error().code == ErrorCode::refused);
  CHECK(changed.error().message.find("not the one") != std::string::npos);
}

TEST_CASE("keys: with a passphrase, with a wrong one, and one the server does not take") {
  if (skipped()) return;
  const EchoServer echo;  // ends when the ssh server, which ends first, has closed its connections
  const Sshd sshd;
  const auto open = tunnel(sshd.profile(echo.port(), "locked"), "open sesame");
  if (!open) FAIL(open.error().message);
  CHECK(echoes((*open)->port(), 1000));
  for (const auto& text : {std::optional<std::string>("wrong"), std::optional<std::string>()}) {
    const auto closed = tunnel(sshd.profile(echo.port(), "locked"), text);
    REQUIRE_FALSE(closed);
    CHECK(closed.error().code == ErrorCode::authFailed);
  }
  const auto stranger = tunnel(sshd.profile(echo.port(), "stranger"));
  REQUIRE_FALSE(stranger);
  CHECK(stranger.error().code == ErrorCode::authFailed);
  const auto missing = tunnel(sshd.profile(echo.port(), "nothing"));
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.find("cannot read") != std::string::npos);
}

TEST_CASE("a target that does not listen is told when the tunnel opens") {
  if (skipped()) return;
  const Sshd sshd;
  const auto closed = tunnel(sshd.profile(1, "plain"));
  REQUIRE_FALSE(closed);
  CHECK(closed.error().code == ErrorCode::connectFailed);
  CHECK(closed.error().message.find("cannot reach 127.0.0.1:1") != std::string::npos);
}

TEST_CASE("a stopped ssh server holds neither an attempt nor the end of a tunnel") {
  if (skipped()) return;
  const EchoServer echo;  // ends when the ssh server, which ends first, has closed its connections
  const Sshd sshd;
  auto open = tunnel(sshd.profile(echo.port(), "plain"));
  if (!open) FAIL(open.error().message);
  CHECK(echoes((*open)->port(), 1000));
  sshd.signal(SIGSTOP);
  auto begin = Clock::now();
  open->reset();
  CHECK(Clock::now() - begin < std::chrono::milliseconds(500));

  CancelSource source;
  std::thread user([&] { source.cancel(CancelReason::user); });
  Deadline deadline = soon();
  auto cancelled = net::SshTunnel::open(sshd.profile(echo.port(), "plain"), 1, secret({}),
                                        source.token(), deadline);
  user.join();
  REQUIRE_FALSE(cancelled);
  CHECK(cancelled.error().code == ErrorCode::cancelled);
  begin = Clock::now();
  deadline = begin + std::chrono::milliseconds(200);
  const auto late =
      net::SshTunnel::open(sshd.profile(echo.port(), "plain"), 1, secret({}), {}, deadline);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::timeout);
  CHECK(Clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("when the ssh server dies the tunnel says so and closes its connections") {
  if (skipped()) return;
  const EchoServer echo;  // ends when the ssh server, which ends first, has closed its connections
  const Sshd sshd;
  const auto open = tunnel(sshd.profile(echo.port(), "plain"));
  if (!open) FAIL(open.error().message);
  auto socket = net::connectTcp("127.0.0.1", (*open)->port(), {}, soon());
  REQUIRE(socket);
  const auto stream = net::plainStream(std::move(*socket));
  sshd.signal(SIGKILL);
  std::array<char, 16> buffer;
  const auto count = stream->read(buffer, {}, soon());
  CHECK((!count || *count == 0));
  if (!count) CHECK(count.error().code == ErrorCode::connectionLost);
  const auto end = soon();
  while ((*open)->alive() && Clock::now() < end) std::this_thread::yield();
  CHECK_FALSE((*open)->alive());
}
