// Opening a connection without ever being stuck.
//
// libmariadb connects in a coroutine (MYSQL_OPT_NONBLOCK): whenever it would wait it comes back and
// says what for, and waitFor() waits for that, the token and the deadline together. Two parts of
// it wait by themselves: getaddrinfo, which is why it gets numeric addresses, and everything that
// follows the start of the TLS handshake (connector 3.3, secure/openssl.c). For the second there is
// the Fuse: it shuts the socket when the deadline passes or the token is cancelled, and the
// library's own poll then returns. It holds a duplicate of the descriptor, so that it can never
// shut a number that was closed and given to somebody else.
//
// A server without TLS is accepted by connector 3.3 although MYSQL_OPT_SSL_ENFORCE is set, unless
// verification is demanded; so what was demanded is checked again once connected.

#include "engines/mysql/dial.h"

#include <errmsg.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <thread>

#include "engines/mysql/failure.h"
#include "net/resolve.h"

namespace mydba::mysql {
namespace {

class Fuse {
 public:
  Fuse(int socket, Clock::time_point deadline, const CancelToken& cancel)
      : socket_(::dup(socket)),
        cancelled_(cancel.onCancel([this] { blow(); })),
        timer_([this, deadline] {
          if (sleepUntil(deadline, disarmed_.token())) blow();
        }) {}
  Fuse(const Fuse&) = delete;
  Fuse& operator=(const Fuse&) = delete;
  ~Fuse() {
    disarmed_.cancel(CancelReason::user);
    timer_.join();
    { [[maybe_unused]] const auto unregistered = std::move(cancelled_); }
    ::close(socket_);
  }

 private:
  void blow() const { ::shutdown(socket_, SHUT_RDWR); }

  int socket_;
  CancelSource disarmed_;
  CancelRegistration cancelled_;
  std::thread timer_;
};

bool verifies(protocol::TlsMode mode) {
  return mode == protocol::TlsMode::verifyCa || mode == protocol::TlsMode::verifyFull;
}

/// The library loads authentication plugins (caching_sha2_password of MySQL 8 and newer) from the
/// folder that it was built for. A packaged helper has them in lib/plugin beside itself.
std::string packagedPlugins() {
  std::error_code unknown;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", unknown);
  const auto folder = self.parent_path() / "lib" / "plugin";
  return std::filesystem::is_directory(folder, unknown) ? folder.string() : std::string();
}

void setOptions(MYSQL* handle, const Target& target, bool useTls) {
  if (const std::string plugins = packagedPlugins(); !plugins.empty())
    mysql_options(handle, MYSQL_PLUGIN_DIR, plugins.c_str());
  const my_bool on = 1;
  const unsigned off = 0;
  const unsigned tcp = MYSQL_PROTOCOL_TCP;
  mysql_options(handle, MYSQL_OPT_NONBLOCK, nullptr);
  mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_options(handle, MYSQL_OPT_LOCAL_INFILE, &off);
  mysql_optionsv(handle, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "mydba");
  // Without this the library takes "localhost" for a unix socket.
  if (target.socket.empty()) mysql_options(handle, MYSQL_OPT_PROTOCOL, &tcp);
  if (!useTls) return;
  mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &on);
  if (!verifies(target.tls)) return;
  mysql_options(handle, MYSQL_OPT_SSL_CA, target.tlsCa.c_str());
  if (target.tls == protocol::TlsMode::verifyFull)
    mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on);
}

Ready readyFor(int events) {
  const bool read = (events & MYSQL_WAIT_READ) != 0, write = (events & MYSQL_WAIT_WRITE) != 0;
  return read && write ? Ready::readOrWrite : write ? Ready::write : Ready::read;
}

Error connectError(MYSQL* handle, const Target& target) {
  Error error = lastError(handle);
  if (error.code == ErrorCode::authFailed) return error;
  error.code = ErrorCode::connectFailed;
  if (mysql_errno(handle) == CR_SSL_CONNECTION_ERROR)
    error.hint = verifies(target.tls) ? "check the CA file and that the certificate names this host"
                                      : "check the server's TLS settings";
  else
    error.hint = "check host, port and that the server is running";
  return error;
}

/// The library wants to be resumed to clean up; a time-out makes every wait of it fail.
void unwind(MYSQL* handle, int events) {
  MYSQL* ignored = nullptr;
  shutSocket(handle);
  while (events != 0) events = mysql_real_connect_cont(&ignored, handle, MYSQL_WAIT_TIMEOUT);
}

Result<Handle> attempt(const Target& target, const std::string& host, bool useTls,
                       Clock::time_point deadline, const CancelToken& cancel) {
  Handle handle(mysql_init(nullptr));
  if (!handle) return Error{.code = ErrorCode::internal, .message = "out of memory"};
  setOptions(handle.get(), target, useTls);
  MYSQL* connected = nullptr;
  const bool local = !target.socket.empty();
  std::optional<Fuse> fuse;
  int events = mysql_real_connect_start(
      &connected, handle.get(), local ? nullptr : host.c_str(), target.user.c_str(),
      target.password.c_str(), target.database.empty() ? nullptr : target.database.c_str(),
      target.port, local ? target.socket.c_str() : nullptr, CLIENT_MULTI_RESULTS);
  while (events != 0) {
    const auto socket = mysql_get_socket(handle.get());
    const auto ready = waitFor(socket, readyFor(events), cancel, deadline);
    if (!ready) {
      fuse.reset();
      unwind(handle.get(), events);
      return ready.error();
    }
    if (useTls && !fuse) fuse.emplace(socket, deadline, cancel);
    events = mysql_real_connect_cont(&connected, handle.get(), events & ~MYSQL_WAIT_TIMEOUT);
  }
  fuse.reset();
  if (connected) return handle;
  if (cancel.cancelled()) return cancel.error();
  if (Clock::now() >= deadline)
    return Error{.code = ErrorCode::timeout, .message = "timed out", .retryable = true};
  return connectError(handle.get(), target);
}

Result<Handle> dialAddress(const Target& target, const std::string& host,
                           Clock::time_point deadline, const CancelToken& cancel) {
  const bool wanted = target.tls != protocol::TlsMode::disable &&
                      (target.tls != protocol::TlsMode::prefer || target.socket.empty());
  auto handle = attempt(target, host, wanted, deadline, cancel);
  const bool optional = target.tls == protocol::TlsMode::prefer;
  if (!handle && wanted && optional &&
      handle.error().engineCode == std::to_string(CR_SSL_CONNECTION_ERROR))
    return attempt(target, host, false, deadline, cancel);
  if (handle && wanted && !optional && mysql_get_ssl_cipher(handle->get()) == nullptr)
    return Error{.code = ErrorCode::connectFailed,
                 .message = "the server does not offer TLS",
                 .hint = "enable TLS on the server, or choose the TLS mode prefer or disable"};
  return handle;
}

}  // namespace

Result<Handle> dial(const Target& target, Clock::time_point deadline, const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  if (verifies(target.tls) && target.tlsCa.empty())
    return Error{.code = ErrorCode::invalidParams,
                 .message = "this TLS mode needs a file with the accepted authorities",
                 .hint = "set the CA file (tlsCa)"};
  if (!target.socket.empty()) return dialAddress(target, {}, deadline, cancel);
  const auto addresses = net::resolve(target.host, cancel, deadline);
  if (!addresses) return addresses.error();
  // The host name is checked by the library against the name that it connects to. It then looks
  // the name up once more, blocking; it was just found to be answered quickly.
  if (target.tls == protocol::TlsMode::verifyFull)
    return dialAddress(target, target.host, deadline, cancel);
  for (std::size_t i = 0;; ++i) {
    auto handle = dialAddress(target, (*addresses)[i], deadline, cancel);
    if (handle || i + 1 == addresses->size() || handle.error().code != ErrorCode::connectFailed)
      return handle;
  }
}

}  // namespace mydba::mysql
